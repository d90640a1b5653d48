-- Notes that a table's copy begins, is to begin anew, or is not wanted any more.
-- $1 slot, $2 schema, $3 name, $4 state, $5 the fingerprint of how the publication sends it, or null to keep it
UPDATE scry_backfill.followed_table
   SET state = $4, published_as = coalesce($5, published_as), problem = NULL,
       snapshot_lsn = CASE WHEN $4 IN ('pending', 'copying') THEN NULL ELSE snapshot_lsn END,
       rows_copied = CASE WHEN $4 IN ('pending', 'copying') THEN 0 ELSE rows_copied END,
       bytes_copied = CASE WHEN $4 IN ('pending', 'copying') THEN 0 ELSE bytes_copied END
 WHERE slot = $1 AND schema_name = $2 AND table_name = $3;
