-- Whether jobs have a state in this database, and whether it is numbered.
SELECT pg_catalog.to_regclass('scry_backfill.job') IS NOT NULL
       AND pg_catalog.to_regclass('scry_backfill.followed_table') IS NOT NULL
       AND pg_catalog.to_regclass('scry_backfill.event') IS NOT NULL AS exists,
       pg_catalog.to_regclass('scry_backfill.state_version') IS NOT NULL AS is_numbered;
