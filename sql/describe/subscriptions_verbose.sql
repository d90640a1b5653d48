-- The list of this database's subscriptions with all that they are set to (\dRs+); what a server's version does not have
-- comes out null.
-- $1 regular expression for the name, or null: any
SELECT s.subname AS "Name", pg_catalog.pg_get_userbyid(s.subowner) AS "Owner", s.subenabled AS "Enabled",
       s.subpublications AS "Publication",
       (j.row ->> 'subbinary')::pg_catalog.bool AS "Binary",
       CASE j.row ->> 'substream' WHEN 'true' THEN 't' WHEN 'false' THEN 'f' ELSE j.row ->> 'substream' END AS "Streaming",
       j.row ->> 'subtwophasestate' AS "Two-phase commit",
       (j.row ->> 'subdisableonerr')::pg_catalog.bool AS "Disable on error",
       s.subsynccommit AS "Synchronous commit", s.subconninfo AS "Conninfo", j.row ->> 'subskiplsn' AS "Skip LSN"
  FROM pg_catalog.pg_subscription s, pg_catalog.to_jsonb(s) AS j(row)
 WHERE s.subdbid = (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database())
   AND ($1::pg_catalog.text IS NULL OR s.subname OPERATOR(pg_catalog.~) $1 COLLATE pg_catalog.default)
 ORDER BY s.subname
