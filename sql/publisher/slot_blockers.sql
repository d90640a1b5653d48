-- Transactions that the creation of a logical slot waits for, the oldest first: all that have written and not ended,
-- prepared ones too (snapbuild.c, SnapBuildWaitSnapshot).
SELECT 'pid ' || a.pid || ', user ' || coalesce(a.usename, '?') || ', '
       || coalesce(nullif(a.application_name, ''), 'no application name') AS who,
       pg_catalog.date_part('epoch', pg_catalog.clock_timestamp() - a.xact_start)::pg_catalog.int8 AS seconds
  FROM pg_catalog.pg_stat_activity a
 WHERE a.backend_xid IS NOT NULL AND a.pid <> pg_catalog.pg_backend_pid()
UNION ALL
SELECT 'prepared transaction ' || pg_catalog.quote_literal(p.gid) || ', user ' || p.owner,
       pg_catalog.date_part('epoch', pg_catalog.clock_timestamp() - p.prepared)::pg_catalog.int8
  FROM pg_catalog.pg_prepared_xacts p
 ORDER BY seconds DESC;
