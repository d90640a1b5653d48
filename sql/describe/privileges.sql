-- Who may do what with tables, views and sequences (\dp, \z).
-- $1 regular expression for the schema, or null: any
-- $2 regular expression for the name, or null: any
-- $3 true: only those that the search path shows unqualified, and none of the system's
SELECT n.nspname AS "Schema", c.relname AS "Name",
       CASE c.relkind
            WHEN 'r' THEN 'table' WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view' WHEN 'S' THEN 'sequence'
            WHEN 'f' THEN 'foreign table' WHEN 'p' THEN 'partitioned table'
       END AS "Type",
       pg_catalog.array_to_string(c.relacl, E'\n') AS "Access privileges",
       pg_catalog.array_to_string(ARRAY(
           SELECT a.attname || E':\n  ' || pg_catalog.array_to_string(a.attacl, E'\n  ')
             FROM pg_catalog.pg_attribute a
            WHERE a.attrelid = c.oid AND NOT a.attisdropped AND a.attacl IS NOT NULL), E'\n') AS "Column privileges",
       pg_catalog.array_to_string(ARRAY(
           SELECT p.polname || CASE WHEN p.polpermissive THEN '' ELSE ' (RESTRICTIVE)' END
                  || CASE WHEN p.polcmd <> '*' THEN ' (' || p.polcmd::pg_catalog.text || '):' ELSE ':' END
                  || coalesce(E'\n  (u): ' || pg_catalog.pg_get_expr(p.polqual, p.polrelid), '')
                  || coalesce(E'\n  (c): ' || pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid), '')
                  || CASE WHEN p.polroles <> '{0}' THEN E'\n  to: ' || pg_catalog.array_to_string(ARRAY(
                         SELECT rolname FROM pg_catalog.pg_roles WHERE oid = ANY (p.polroles) ORDER BY 1), ', ')
                     ELSE '' END
             FROM pg_catalog.pg_policy p
            WHERE p.polrelid = c.oid), E'\n') AS "Policies"
  FROM pg_catalog.pg_class c
  LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 WHERE c.relkind IN ('r', 'v', 'm', 'S', 'f', 'p')
   AND ($1::pg_catalog.text IS NULL OR n.nspname OPERATOR(pg_catalog.~) $1 COLLATE pg_catalog.default)
   AND ($2::pg_catalog.text IS NULL OR c.relname OPERATOR(pg_catalog.~) $2 COLLATE pg_catalog.default)
   AND (NOT $3::pg_catalog.bool OR n.nspname !~ '^pg_' AND pg_catalog.pg_table_is_visible(c.oid))
 ORDER BY n.nspname, c.relname
