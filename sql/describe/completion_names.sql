-- Names of all else that tab completion offers, each with its kind.
SELECT 'schema' AS kind, nspname::pg_catalog.text AS name FROM pg_catalog.pg_namespace
UNION ALL SELECT 'database', datname FROM pg_catalog.pg_database WHERE datallowconn
UNION ALL SELECT 'role', rolname FROM pg_catalog.pg_roles
UNION ALL SELECT 'tablespace', spcname FROM pg_catalog.pg_tablespace
UNION ALL SELECT 'extension', extname FROM pg_catalog.pg_extension
UNION ALL SELECT 'publication', pubname FROM pg_catalog.pg_publication
UNION ALL SELECT 'slot', slot_name FROM pg_catalog.pg_replication_slots
UNION ALL SELECT 'setting', name FROM pg_catalog.pg_settings
UNION ALL SELECT 'function', proname FROM pg_catalog.pg_proc WHERE pg_catalog.pg_function_is_visible(oid) GROUP BY proname
UNION ALL
SELECT 'type', typname
  FROM pg_catalog.pg_type t
 WHERE pg_catalog.pg_type_is_visible(t.oid) AND (t.typrelid = 0 OR t.typtype = 'c') AND t.typname !~ '^_'
   AND NOT EXISTS (SELECT FROM pg_catalog.pg_class c WHERE c.oid = t.typrelid AND c.relkind <> 'c')
