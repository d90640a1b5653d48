-- Whether the job's memory has a place for partitions and for what is set aside.
SELECT pg_catalog.to_regclass('scry_backfill.followed_partition') IS NOT NULL
   AND pg_catalog.to_regclass('scry_backfill.partition_look') IS NOT NULL
   AND pg_catalog.to_regclass('scry_backfill.set_aside') IS NOT NULL AS exists;
