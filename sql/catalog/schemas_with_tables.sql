-- The schemas of this database that hold tables and are not the system's own.
SELECT n.nspname AS schema
  FROM pg_catalog.pg_namespace n
 WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
   AND EXISTS (SELECT FROM pg_catalog.pg_class c WHERE c.relnamespace = n.oid AND c.relkind IN ('r', 'p'))
 ORDER BY n.nspname;
