-- Who makes tables in schemas, and whether what each makes later can be read by a role (ALTER DEFAULT PRIVILEGES).
-- $1 the role's OID; 0 for a role that is yet to be made, which has what PUBLIC has
-- $2 the schemas' names, as an array
-- A creator owns a table there, owns the schema, or was granted CREATE on it by name or by membership; what PUBLIC may do is
-- left out. Other superusers, who may create everywhere, count only where they do.
-- may_alter: this session's role may change the creator's default privileges (has_privs_of_role from 16 on, is_member_of_role
-- before).
WITH schema AS (
    SELECT n.oid, n.nspname, n.nspowner, n.nspacl FROM pg_catalog.pg_namespace n
     WHERE n.nspname = ANY ($2::pg_catalog.name[])
), may_create (schema, role) AS (
    SELECT s.oid, s.nspowner FROM schema s
    UNION
    SELECT s.oid, a.grantee FROM schema s, pg_catalog.aclexplode(s.nspacl) a
     WHERE a.privilege_type = 'CREATE' AND a.grantee <> 0
), creator (schema, role) AS (
    SELECT m.schema, m.role FROM may_create m
    UNION
    SELECT m.schema, r.oid FROM may_create m
      JOIN pg_catalog.pg_roles r ON NOT r.rolsuper AND pg_catalog.pg_has_role(r.oid, m.role, 'USAGE')
    UNION
    SELECT s.oid, d.datdba FROM schema s
      JOIN pg_catalog.pg_roles o ON o.oid = s.nspowner AND o.rolname = 'pg_database_owner'
      JOIN pg_catalog.pg_database d ON d.datname = pg_catalog.current_database()
    UNION
    SELECT c.relnamespace, c.relowner FROM pg_catalog.pg_class c JOIN schema s ON s.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p') AND c.relpersistence <> 't'
), granted (role, schema, kind) AS (
    SELECT d.defaclrole, d.defaclnamespace, d.defaclobjtype
      FROM pg_catalog.pg_default_acl d, pg_catalog.aclexplode(d.defaclacl) a
     WHERE a.privilege_type = 'SELECT' AND d.defaclobjtype IN ('r', 'S')
       AND CASE WHEN a.grantee = 0 THEN true WHEN $1::pg_catalog.oid = 0 THEN false
                ELSE pg_catalog.pg_has_role($1::pg_catalog.oid, a.grantee, 'USAGE') END
)
SELECT s.nspname AS schema, r.rolname AS creator,
       pg_catalog.pg_has_role(r.oid, CASE WHEN pg_catalog.current_setting('server_version_num')::pg_catalog.int4 >= 160000
                                          THEN 'USAGE' ELSE 'MEMBER' END) AS may_alter,
       EXISTS (SELECT FROM granted g
                WHERE g.role = r.oid AND g.schema IN (0, s.oid) AND g.kind = 'r') AS grants_tables,
       EXISTS (SELECT FROM granted g
                WHERE g.role = r.oid AND g.schema IN (0, s.oid) AND g.kind = 'S') AS grants_sequences
  FROM creator c
  JOIN schema s ON s.oid = c.schema
  JOIN pg_catalog.pg_roles r ON r.oid = c.role
 WHERE r.oid <> $1::pg_catalog.oid AND r.rolname !~ '^pg_'
 ORDER BY s.nspname, r.rolname;
