-- Shows how much of a table has been copied so far. The transaction that copies a whole table locks its row only at the
-- end, so this waits for no copy.
-- $1 slot, $2 schema, $3 name, $4 rows, $5 bytes
UPDATE scry_backfill.followed_table
   SET state = CASE WHEN state = 'pending' THEN state ELSE 'copying' END, rows_copied = $4::bigint, bytes_copied = $5::bigint
 WHERE slot = $1 AND schema_name = $2 AND table_name = $3 AND state IN ('pending', 'copying');
