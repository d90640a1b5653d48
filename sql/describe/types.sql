-- The list of data types (\dT).
-- $1 regular expression for the schema, or null: any
-- $2 regular expression for the name, the catalog's or SQL's, or null: any
-- $3 true: only those that the search path shows unqualified
-- $4 true: none of the system's
-- $5 true: arrays too
SELECT n.nspname AS "Schema", pg_catalog.format_type(t.oid, NULL) AS "Name", t.typname AS "Internal name",
       CASE WHEN t.typrelid <> 0 THEN 'tuple' WHEN t.typlen < 0 THEN 'var' ELSE t.typlen::pg_catalog.text END AS "Size",
       pg_catalog.array_to_string(ARRAY(
           SELECT e.enumlabel FROM pg_catalog.pg_enum e WHERE e.enumtypid = t.oid ORDER BY e.enumsortorder), E'\n')
           AS "Elements",
       pg_catalog.pg_get_userbyid(t.typowner) AS "Owner", pg_catalog.array_to_string(t.typacl, E'\n') AS "Access privileges",
       pg_catalog.obj_description(t.oid, 'pg_type') AS "Description"
  FROM pg_catalog.pg_type t
  LEFT JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
 WHERE (t.typrelid = 0 OR (SELECT c.relkind = 'c' FROM pg_catalog.pg_class c WHERE c.oid = t.typrelid))
   AND ($5::pg_catalog.bool
        OR NOT EXISTS (SELECT FROM pg_catalog.pg_type e WHERE e.oid = t.typelem AND e.typarray = t.oid))
   AND ($1::pg_catalog.text IS NULL OR n.nspname OPERATOR(pg_catalog.~) $1 COLLATE pg_catalog.default)
   AND ($2::pg_catalog.text IS NULL OR t.typname OPERATOR(pg_catalog.~) $2 COLLATE pg_catalog.default
        OR pg_catalog.format_type(t.oid, NULL) OPERATOR(pg_catalog.~) $2 COLLATE pg_catalog.default)
   AND (NOT $3::pg_catalog.bool OR pg_catalog.pg_type_is_visible(t.oid))
   AND (NOT $4::pg_catalog.bool OR n.nspname NOT IN ('pg_catalog', 'information_schema'))
 ORDER BY 1, 2
