-- The tables that a job follows.
-- $1 the slot's name
SELECT schema_name AS schema, table_name AS name, state, snapshot_lsn, rows_copied, bytes_copied, identity_columns,
       published_as, problem::pg_catalog.text AS problem
  FROM scry_backfill.followed_table
 WHERE slot = $1
 ORDER BY schema_name, table_name;
