-- The tables that publications name themselves (ALTER PUBLICATION ... ADD TABLE), before PostgreSQL 15: all columns, all rows.
-- $1 the publications' names, as an array
SELECT p.pubname AS publication, c.oid, n.nspname AS schema, c.relname AS name, c.relkind AS kind,
       NULL::pg_catalog.text[] AS columns, NULL::pg_catalog.text AS row_filter,
       '{}'::pg_catalog.text[] AS filter_columns
  FROM pg_catalog.pg_publication_rel r
  JOIN pg_catalog.pg_publication p ON p.oid = r.prpubid
  JOIN pg_catalog.pg_class c ON c.oid = r.prrelid
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 WHERE p.pubname = ANY ($1::pg_catalog.name[])
 ORDER BY p.pubname, n.nspname, c.relname;
