-- A table of the shadow by name: what kind it is, whether a foreign key points to it, and whether it is empty is asked
-- separately.
-- $1 schema, $2 name
SELECT c.oid, c.relkind AS kind,
       EXISTS (SELECT FROM pg_catalog.pg_constraint k WHERE k.confrelid = c.oid AND k.conrelid <> c.oid) AS is_referenced
  FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 WHERE n.nspname = $1 AND c.relname = $2 AND c.relkind IN ('r', 'p', 'f', 'v', 'm');
