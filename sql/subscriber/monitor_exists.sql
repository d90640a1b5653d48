-- Whether the job's memory has the tables of the WAL monitor, the throttle and the copy's pace.
SELECT pg_catalog.to_regclass('scry_backfill.wal_sample') IS NOT NULL
   AND pg_catalog.to_regclass('scry_backfill.throttle') IS NOT NULL
   AND pg_catalog.to_regclass('scry_backfill.copy_sample') IS NOT NULL AS exists;
