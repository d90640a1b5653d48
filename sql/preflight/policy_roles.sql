-- The roles that the policies of tables name, with one of the policies each.
-- $1 the tables' OIDs, as an array
SELECT DISTINCT ON (r.rolname) r.rolname AS role, p.polname AS policy, n.nspname AS schema, c.relname AS name
  FROM pg_catalog.pg_policy p
  JOIN pg_catalog.pg_class c ON c.oid = p.polrelid
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_catalog.pg_roles r ON r.oid = ANY (p.polroles)
 WHERE p.polrelid = ANY ($1::pg_catalog.oid[])
 ORDER BY r.rolname, n.nspname, c.relname, p.polname;
