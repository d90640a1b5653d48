-- The shapes that the tables of a job were built from, of those whose changes the stream applies.
-- $1 slot
SELECT schema_name AS schema, table_name AS name, shape::pg_catalog.text AS shape, next_shape::pg_catalog.text AS next_shape, next_lsn,
       emptied_by::pg_catalog.text AS emptied_by, state IN ('ready', 'catch-up') AS is_streamed
  FROM scry_backfill.followed_table
 WHERE slot = $1 AND state <> 'unpublished'
 ORDER BY schema_name, table_name;
