-- The position after all that has been committed: the insert position, as a commit need not be flushed yet. Where
-- nothing has been written after a page's header, the stream can reach only the page's beginning (xlog.c: a header
-- takes 24 bytes, 40 at the beginning of a segment). In bytes.
SELECT (w.bytes - CASE WHEN w.bytes % 8192 IN (24, 40) THEN w.bytes % 8192 ELSE 0 END)::pg_catalog.text AS bytes
  FROM (SELECT (CASE WHEN pg_catalog.pg_is_in_recovery() THEN pg_catalog.pg_last_wal_replay_lsn()
                     ELSE pg_catalog.pg_current_wal_insert_lsn() END - '0/0'::pg_catalog.pg_lsn)::pg_catalog.int8 AS bytes) AS w;
