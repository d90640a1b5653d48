-- The NOT NULL constraints of tables (18 and later: pg_constraint has them), in the form that older servers can have
-- too.
-- $1 the tables' OIDs, as an array
SELECT n.nspname AS schema, c.relname AS name, a.attname AS "column", k.connoinherit AS no_inherit
  FROM pg_catalog.pg_constraint k
  JOIN pg_catalog.pg_class c ON c.oid = k.conrelid AND c.relkind IN ('r', 'p')
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_catalog.pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1]
 WHERE k.contype = 'n' AND k.convalidated AND k.conrelid = ANY ($1::pg_catalog.oid[])
 ORDER BY n.nspname, c.relname, a.attnum;
