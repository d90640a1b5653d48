-- The stream brings a TRUNCATE of the whole table.
-- $1 slot, $2 schema, $3 name of the partitioned table, $4 the source's transaction
UPDATE scry_backfill.followed_partition SET emptied_by = $4::xid
 WHERE slot = $1 AND root_schema = $2 AND root_name = $3;
