-- The relations that \d NAME describes.
-- $1 regular expression for the schema, or null: any
-- $2 regular expression for the name, or null: any
-- $3 true: only those that the search path shows unqualified
-- $4 true: none of the system's
SELECT c.oid, n.nspname, c.relname
  FROM pg_catalog.pg_class c
  LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 WHERE ($1::pg_catalog.text IS NULL OR n.nspname OPERATOR(pg_catalog.~) $1 COLLATE pg_catalog.default)
   AND ($2::pg_catalog.text IS NULL OR c.relname OPERATOR(pg_catalog.~) $2 COLLATE pg_catalog.default)
   AND (NOT $3::pg_catalog.bool OR pg_catalog.pg_table_is_visible(c.oid))
   AND (NOT $4::pg_catalog.bool OR n.nspname NOT IN ('pg_catalog', 'information_schema'))
 ORDER BY n.nspname, c.relname
