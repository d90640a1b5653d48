-- Whether the job's memory has been set up in this database.
SELECT pg_catalog.to_regclass('scry_backfill.job') IS NOT NULL
   AND pg_catalog.to_regclass('scry_backfill.followed_table') IS NOT NULL
   AND pg_catalog.to_regclass('scry_backfill.event') IS NOT NULL AS exists;
