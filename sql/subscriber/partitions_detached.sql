-- Partitions are tables of their own in the shadow from now on.
-- $1 slot, $2 schema, $3 name of the partitioned table, $4 OIDs
UPDATE scry_backfill.followed_partition SET is_detached = true
 WHERE slot = $1 AND root_schema = $2 AND root_name = $3 AND oid = ANY ($4::oid[]);
