-- One relation as \d sees it first; what a server's version does not have comes out null.
-- $1 its OID
SELECT c.relchecks, c.relkind, c.relhasindex, c.relhasrules, c.relhastriggers, c.relrowsecurity,
       c.relforcerowsecurity, coalesce((pg_catalog.to_jsonb(c) ->> 'relhasoids')::pg_catalog.bool, false) AS relhasoids,
       c.relispartition, c.relpersistence, c.relreplident, am.amname,
       pg_catalog.array_to_string(
           c.reloptions || ARRAY(SELECT 'toast.' || x FROM pg_catalog.unnest(toast.reloptions) x), ', ') AS reloptions,
       CASE WHEN c.reloftype <> 0 THEN c.reloftype::pg_catalog.regtype::pg_catalog.text END AS reloftype,
       s.spcname AS tablespace
  FROM pg_catalog.pg_class c
  LEFT JOIN pg_catalog.pg_class toast ON toast.oid = c.reltoastrelid
  LEFT JOIN pg_catalog.pg_am am ON am.oid = c.relam
  LEFT JOIN pg_catalog.pg_tablespace s ON s.oid = c.reltablespace
 WHERE c.oid = $1::pg_catalog.oid
