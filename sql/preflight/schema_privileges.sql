-- Which of these schemas exist, and whether this connection's role may make tables in them.
-- $1 the schemas' names, as an array
SELECT n.nspname AS schema,
       pg_catalog.has_schema_privilege(n.oid, 'USAGE') AND pg_catalog.has_schema_privilege(n.oid, 'CREATE')
       AS may_create
  FROM pg_catalog.pg_namespace n
 WHERE n.nspname = ANY ($1::pg_catalog.name[])
 ORDER BY n.nspname;
