-- The tables and sequences of schemas that a role cannot read whole.
-- $1 the role's OID; 0 for a role that is yet to be made, which has what PUBLIC has
-- $2 the schemas' names, as an array
-- $3 true: row-level security does not apply to the role
-- has_table_privilege answers for sequences too. Temporary tables are nobody else's.
-- hides_rows: row-level security would hide rows from the role.
SELECT n.nspname AS schema, c.relname AS name, c.relkind = 'S' AS is_sequence,
       pg_catalog.pg_get_userbyid(c.relowner) AS owner,
       pg_catalog.has_table_privilege($1::pg_catalog.oid, c.oid, 'SELECT') AS may_select,
       pg_catalog.has_table_privilege(c.oid, 'SELECT WITH GRANT OPTION') AS may_grant,
       hides.rows AS hides_rows
  FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace,
       LATERAL (SELECT c.relrowsecurity AND NOT $3::pg_catalog.bool
                   AND (c.relforcerowsecurity
                        OR $1::pg_catalog.oid = 0 OR NOT pg_catalog.pg_has_role($1::pg_catalog.oid, c.relowner, 'USAGE'))
                ) AS hides (rows)
 WHERE n.nspname = ANY ($2::pg_catalog.name[]) AND c.relkind IN ('r', 'p', 'S') AND c.relpersistence <> 't'
   AND (hides.rows OR NOT pg_catalog.has_table_privilege($1::pg_catalog.oid, c.oid, 'SELECT'))
 ORDER BY n.nspname, c.relname;
