-- The position of the source up to which the job knows the fate of partitions.
-- $1 the slot's name
SELECT position FROM scry_backfill.partition_look WHERE slot = $1;
