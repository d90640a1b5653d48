-- The list of installed extensions (\dx).
-- $1 regular expression for the name, or null: any
SELECT e.extname AS "Name", e.extversion AS "Version", n.nspname AS "Schema", c.description AS "Description"
  FROM pg_catalog.pg_extension e
  LEFT JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace
  LEFT JOIN pg_catalog.pg_description c
         ON c.objoid = e.oid AND c.classoid = 'pg_catalog.pg_extension'::pg_catalog.regclass
 WHERE $1::pg_catalog.text IS NULL OR e.extname OPERATOR(pg_catalog.~) $1 COLLATE pg_catalog.default
 ORDER BY e.extname
