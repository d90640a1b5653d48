-- Every table that pg_dump would lock, and whether it is one of a set.
-- $1 OIDs of the set, as an array
SELECT n.nspname AS schema, c.relname AS name, c.oid = ANY ($1::pg_catalog.oid[]) AS wanted
  FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 WHERE c.relkind IN ('r', 'p', 'm', 'v', 'f') AND c.relpersistence <> 't'
   AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_';
