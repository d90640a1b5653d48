-- The transactions that a new logical slot must wait for: those that write, in any database, and the prepared ones.
SELECT a.pid, a.application_name AS application, a.datname AS database, a.usename AS user_name,
       pg_catalog.date_part('epoch', pg_catalog.clock_timestamp() - a.xact_start)::pg_catalog.int8 AS seconds,
       NULL AS prepared
  FROM pg_catalog.pg_stat_activity a
 WHERE a.backend_xid IS NOT NULL AND a.pid <> pg_catalog.pg_backend_pid()
UNION ALL
SELECT NULL, NULL, p.database, p.owner,
       pg_catalog.date_part('epoch', pg_catalog.clock_timestamp() - p.prepared)::pg_catalog.int8, p.gid
  FROM pg_catalog.pg_prepared_xacts p
 ORDER BY seconds DESC NULLS LAST;
