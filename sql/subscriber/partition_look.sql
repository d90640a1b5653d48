-- Up to which position of the source the job knows what has become of partitions.
-- $1 the slot's name
SELECT position FROM scry_backfill.partition_look WHERE slot = $1;
