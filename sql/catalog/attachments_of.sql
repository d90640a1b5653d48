-- Where tables are attached as partitions; tables that are not partitions, or are being dropped, are left out.
-- $1 schemas, $2 names of the tables
SELECT n.nspname AS schema, c.relname AS name, a.nspname AS parent_schema, u.relname AS parent_name,
       pg_catalog.pg_get_expr(c.relpartbound, c.oid) AS bound
  FROM unnest($1::pg_catalog.text[], $2::pg_catalog.text[]) AS t(schema, name)
  JOIN pg_catalog.pg_namespace n ON n.nspname = t.schema
  JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = t.name AND c.relispartition
  JOIN pg_catalog.pg_inherits i ON i.inhrelid = c.oid
  JOIN pg_catalog.pg_class u ON u.oid = i.inhparent
  JOIN pg_catalog.pg_namespace a ON a.oid = u.relnamespace
 WHERE pg_catalog.pg_get_expr(c.relpartbound, c.oid) IS NOT NULL
 ORDER BY n.nspname, c.relname;
