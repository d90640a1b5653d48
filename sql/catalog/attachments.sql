-- The partitions below partitioned tables, the upper ones first; without one that is being dropped.
-- $1 schemas, $2 names of the partitioned tables
WITH RECURSIVE part(oid, parent, depth) AS (
    SELECT c.oid, NULL::pg_catalog.oid, 0
      FROM unnest($1::pg_catalog.text[], $2::pg_catalog.text[]) AS t(schema, name)
      JOIN pg_catalog.pg_namespace n ON n.nspname = t.schema
      JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = t.name
    UNION ALL
    SELECT i.inhrelid, p.oid, p.depth + 1
      FROM part p
      JOIN pg_catalog.pg_inherits i ON i.inhparent = p.oid
      JOIN pg_catalog.pg_class c ON c.oid = i.inhrelid AND c.relispartition
)
SELECT n.nspname AS schema, c.relname AS name, a.nspname AS parent_schema, u.relname AS parent_name,
       pg_catalog.pg_get_expr(c.relpartbound, c.oid) AS bound
  FROM part p
  JOIN pg_catalog.pg_class c ON c.oid = p.oid
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_catalog.pg_class u ON u.oid = p.parent
  JOIN pg_catalog.pg_namespace a ON a.oid = u.relnamespace
 WHERE pg_catalog.pg_get_expr(c.relpartbound, c.oid) IS NOT NULL
 ORDER BY p.depth, n.nspname, c.relname;
