-- The list of domains (\dD).
-- $1 regular expression for the schema, or null: any
-- $2 regular expression for the name, or null: any
-- $3 true: only those that the search path shows unqualified
-- $4 true: none of the system's
SELECT n.nspname AS "Schema", t.typname AS "Name", pg_catalog.format_type(t.typbasetype, t.typtypmod) AS "Type",
       (SELECT c.collname
          FROM pg_catalog.pg_collation c, pg_catalog.pg_type b
         WHERE c.oid = t.typcollation AND b.oid = t.typbasetype AND t.typcollation <> b.typcollation) AS "Collation",
       CASE WHEN t.typnotnull THEN 'not null' END AS "Nullable", t.typdefault AS "Default",
       pg_catalog.array_to_string(ARRAY(
           SELECT pg_catalog.pg_get_constraintdef(r.oid, true)
             FROM pg_catalog.pg_constraint r
            WHERE r.contypid = t.oid AND r.contype = 'c'), ' ') AS "Check",
       pg_catalog.array_to_string(t.typacl, E'\n') AS "Access privileges", d.description AS "Description"
  FROM pg_catalog.pg_type t
  LEFT JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
  LEFT JOIN pg_catalog.pg_description d ON d.classoid = t.tableoid AND d.objoid = t.oid AND d.objsubid = 0
 WHERE t.typtype = 'd'
   AND ($1::pg_catalog.text IS NULL OR n.nspname OPERATOR(pg_catalog.~) $1 COLLATE pg_catalog.default)
   AND ($2::pg_catalog.text IS NULL OR t.typname OPERATOR(pg_catalog.~) $2 COLLATE pg_catalog.default)
   AND (NOT $3::pg_catalog.bool OR pg_catalog.pg_type_is_visible(t.oid))
   AND (NOT $4::pg_catalog.bool OR n.nspname NOT IN ('pg_catalog', 'information_schema'))
 ORDER BY 1, 2
