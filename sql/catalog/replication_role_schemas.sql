-- The privileges of a role on schemas and on the database.
-- $1 the role's OID; 0 for a role that is yet to be made, which has what PUBLIC has
-- $2 the schemas' names, as an array
-- may_grant_...: this session's role may grant USAGE; SELECT on every relation, or on every sequence, of the schema.
-- public_creates: every role may make tables there.
SELECT n.nspname AS schema,
       pg_catalog.has_schema_privilege($1::pg_catalog.oid, n.oid, 'USAGE') AS may_use,
       pg_catalog.has_schema_privilege(n.oid, 'USAGE WITH GRANT OPTION') AS may_grant_usage,
       NOT EXISTS (SELECT FROM pg_catalog.pg_class c
                    WHERE c.relnamespace = n.oid AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
                      AND NOT pg_catalog.has_table_privilege(c.oid, 'SELECT WITH GRANT OPTION')) AS may_grant_tables,
       NOT EXISTS (SELECT FROM pg_catalog.pg_class c
                    WHERE c.relnamespace = n.oid AND c.relkind = 'S'
                      AND NOT pg_catalog.has_table_privilege(c.oid, 'SELECT WITH GRANT OPTION'))
       AS may_grant_sequences,
       EXISTS (SELECT FROM pg_catalog.aclexplode(n.nspacl) a
                WHERE a.grantee = 0 AND a.privilege_type = 'CREATE') AS public_creates
  FROM pg_catalog.pg_namespace n
 WHERE n.nspname = ANY ($2::pg_catalog.name[])
 ORDER BY n.nspname;
