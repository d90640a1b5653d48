-- The transactions that a new logical slot must wait for: those that write, in any database, and the prepared ones. When
-- another role's began is not shown without the rights of pg_read_all_stats; how many transactions have begun since then
-- (xids) is.
SELECT a.pid, NULL AS prepared, a.datname AS database, a.usename AS owner, a.application_name AS application, a.state,
       pg_catalog.date_part('epoch', pg_catalog.clock_timestamp() - a.xact_start)::pg_catalog.int8 AS seconds,
       pg_catalog.age(a.backend_xid) AS xids,
       CASE WHEN a.xact_start IS NULL THEN NULL
            ELSE pg_catalog."left"(pg_catalog.regexp_replace(a.query, '\s+', ' ', 'g'), 80) END AS query
  FROM pg_catalog.pg_stat_activity a
 WHERE a.backend_xid IS NOT NULL AND a.pid <> pg_catalog.pg_backend_pid()
UNION ALL
SELECT NULL, p.gid, p.database, p.owner, NULL, 'prepared',
       pg_catalog.date_part('epoch', pg_catalog.clock_timestamp() - p.prepared)::pg_catalog.int8,
       pg_catalog.age(p.transaction), NULL
  FROM pg_catalog.pg_prepared_xacts p
 ORDER BY xids DESC;
