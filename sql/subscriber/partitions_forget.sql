-- Forgets the partitions of a table; those that were detached here stay known as the job's.
-- $1 slot, $2 schema, $3 name of the partitioned table
DELETE FROM scry_backfill.followed_partition
 WHERE slot = $1 AND root_schema = $2 AND root_name = $3 AND NOT is_detached;
