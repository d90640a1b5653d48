-- Notes that a table is copied; in the transaction of its last rows.
-- $1 slot, $2 schema, $3 name, $4 position of the snapshot, $5 rows, $6 bytes, $7 state: ready or catch-up
UPDATE scry_backfill.followed_table
   SET state = $7, problem = NULL, snapshot_lsn = $4::pg_lsn, rows_copied = $5::bigint, bytes_copied = $6::bigint,
       copied = pg_catalog.clock_timestamp()
 WHERE slot = $1 AND schema_name = $2 AND table_name = $3;
