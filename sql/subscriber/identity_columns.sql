-- A table's identity columns of one kind.
-- $1 schema, $2 name, $3 a: GENERATED ALWAYS, which refuse written values; d: BY DEFAULT
SELECT a.attname AS name
  FROM pg_catalog.pg_attribute a
  JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 WHERE n.nspname = $1 AND c.relname = $2 AND a.attidentity = $3 AND NOT a.attisdropped
 ORDER BY a.attnum;
