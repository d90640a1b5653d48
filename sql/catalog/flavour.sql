-- The marks by which a managed service shows itself: its roles and its settings.
SELECT ARRAY(SELECT r.rolname FROM pg_catalog.pg_roles r
              WHERE r.rolname IN ('rds_superuser', 'cloudsqlsuperuser', 'alloydbsuperuser', 'azure_pg_admin',
                                  'supabase_admin', 'neon_superuser')
              ORDER BY r.rolname)::pg_catalog.text[] AS roles,
       EXISTS (SELECT FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
                WHERE p.proname = 'aurora_version' AND n.nspname = 'pg_catalog') AS is_aurora;
