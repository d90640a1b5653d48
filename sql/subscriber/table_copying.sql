-- $1 slot, $2 schema, $3 name
UPDATE scry_backfill.followed_table SET state = 'copying', rows_copied = 0, bytes_copied = 0, snapshot_lsn = NULL
 WHERE slot = $1 AND schema_name = $2 AND table_name = $3;
