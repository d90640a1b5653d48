-- Keeps what a copy has brought so far. Those older than a minute go, and such as another clock has dated later.
-- $1 slot, $2 rows, $3 bytes, $4 true: the copy begins, those of the one before go
WITH old AS (
    DELETE FROM scry_backfill.copy_sample
     WHERE slot = $1
       AND ($4::pg_catalog.bool OR taken < pg_catalog.clock_timestamp() - '1 min'::pg_catalog.interval
            OR taken > pg_catalog.clock_timestamp()))
INSERT INTO scry_backfill.copy_sample (slot, taken, rows, bytes)
SELECT j.slot, pg_catalog.clock_timestamp(), $2::pg_catalog.int8, $3::pg_catalog.int8
  FROM scry_backfill.job j WHERE j.slot = $1
ON CONFLICT DO NOTHING;
