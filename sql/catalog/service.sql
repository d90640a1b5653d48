-- The signs by which a managed service shows itself: its roles, its settings, its functions. A setting that no module
-- declares is not in pg_settings, though it has a value.
SELECT ARRAY(SELECT r.rolname FROM pg_catalog.pg_roles r
              WHERE r.rolname IN ('rds_superuser', 'cloudsqlsuperuser', 'alloydbsuperuser', 'azure_pg_admin',
                                  'supabase_admin', 'neon_superuser')
              ORDER BY r.rolname)::pg_catalog.text[] AS roles,
       ARRAY(SELECT s.name FROM pg_catalog.pg_settings s
              WHERE s.name OPERATOR(pg_catalog.~) '^(rds|cloudsql|alloydb|azure|neon)[.]'
             UNION
             SELECT known.name
               FROM pg_catalog.unnest(ARRAY['rds.logical_replication', 'cloudsql.logical_decoding',
                                            'alloydb.logical_decoding', 'azure.extensions', 'neon.timeline_id',
                                            'supautils.privileged_role']) AS known (name)
              WHERE pg_catalog.current_setting(known.name, true) <> ''
              ORDER BY 1)::pg_catalog.text[] AS settings,
       EXISTS (SELECT FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
                WHERE p.proname = 'aurora_version' AND n.nspname = 'pg_catalog') AS is_aurora;
