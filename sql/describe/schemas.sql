-- The list of schemas (\dn).
-- $1 regular expression for the name, or null: any
-- $2 true: none of the system's
SELECT n.nspname AS "Name", pg_catalog.pg_get_userbyid(n.nspowner) AS "Owner",
       pg_catalog.array_to_string(n.nspacl, E'\n') AS "Access privileges",
       pg_catalog.obj_description(n.oid, 'pg_namespace') AS "Description"
  FROM pg_catalog.pg_namespace n
 WHERE ($1::pg_catalog.text IS NULL OR n.nspname OPERATOR(pg_catalog.~) $1 COLLATE pg_catalog.default)
   AND (NOT $2::pg_catalog.bool OR n.nspname !~ '^pg_' AND n.nspname <> 'information_schema')
 ORDER BY n.nspname
