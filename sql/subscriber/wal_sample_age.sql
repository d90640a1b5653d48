-- How long ago, in seconds, a job's source was last seen at a position up to a given one; null where it never was.
-- $1 the slot's name
-- $2 the position
SELECT pg_catalog.date_part('epoch', pg_catalog.clock_timestamp()) - pg_catalog.max(taken) AS age_seconds
  FROM scry_backfill.wal_sample
 WHERE slot = $1 AND position <= $2::pg_catalog.pg_lsn;
