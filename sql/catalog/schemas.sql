-- The schemas of this database that are not the system's own.
SELECT n.nspname AS schema
  FROM pg_catalog.pg_namespace n
 WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
 ORDER BY n.nspname;
