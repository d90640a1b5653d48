-- The tables whose rows row-level security would hide from this role. forced: also from the owner.
-- $1 the tables' OIDs, as an array
SELECT c.oid, n.nspname AS schema, c.relname AS name, pg_catalog.pg_get_userbyid(c.relowner) AS owner,
       pg_catalog.row_security_active(c.oid) AS is_active, c.relforcerowsecurity AS forced
  FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 WHERE c.oid = ANY ($1::pg_catalog.oid[]) AND c.relrowsecurity
 ORDER BY n.nspname, c.relname;
