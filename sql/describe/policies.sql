-- A table's row-level policies.
-- $1 the table's OID
SELECT p.polname, p.polpermissive,
       CASE WHEN p.polroles <> '{0}' THEN pg_catalog.array_to_string(ARRAY(
                SELECT rolname FROM pg_catalog.pg_roles WHERE oid = ANY (p.polroles) ORDER BY 1), ',') END AS roles,
       pg_catalog.pg_get_expr(p.polqual, p.polrelid) AS using_expression,
       pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid) AS check_expression,
       CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE' WHEN 'd' THEN 'DELETE'
       END AS command
  FROM pg_catalog.pg_policy p
 WHERE p.polrelid = $1::pg_catalog.oid
 ORDER BY p.polname
