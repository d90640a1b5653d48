-- Keeps a sample of the source's slots; samples older than an hour go, and such as another clock has dated later.
-- $1 slot, $2 seconds since 1970 by the source's clock, $3 the source's position, $4 level, $5 wal_status or null,
-- $6 safe WAL size or null, $7 names of all slots, $8 the bytes that each retains
WITH old AS (
    DELETE FROM scry_backfill.wal_sample
     WHERE slot = $1 AND (taken < $2::float8 - 3600 OR taken > $2::float8))
INSERT INTO scry_backfill.wal_sample (slot, taken, position, level, wal_status, safe_wal_size, names, retained)
SELECT j.slot, $2::float8, $3::pg_lsn, $4, $5, $6::bigint, $7::text[], $8::bigint[]
  FROM scry_backfill.job j WHERE j.slot = $1
ON CONFLICT DO NOTHING;
