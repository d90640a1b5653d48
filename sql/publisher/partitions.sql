-- All partitions below partitioned tables, and whether each was made as one: then it had no rows before. A table that was
-- attached may have had some, which no publication has sent.
-- $1 schemas, $2 names of the partitioned tables
WITH RECURSIVE part(root_schema, root_name, oid, is_born) AS (
    SELECT t.schema, t.name, c.oid, true
      FROM unnest($1::pg_catalog.text[], $2::pg_catalog.text[]) AS t(schema, name)
      JOIN pg_catalog.pg_namespace n ON n.nspname = t.schema
      JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = t.name
    UNION ALL
    SELECT p.root_schema, p.root_name, i.inhrelid, i.xmin = y.xmin
      FROM part p
      JOIN pg_catalog.pg_inherits i ON i.inhparent = p.oid
      JOIN pg_catalog.pg_class c ON c.oid = i.inhrelid AND c.relispartition
      JOIN pg_catalog.pg_type y ON y.oid = c.reltype
)
SELECT p.root_schema, p.root_name, c.oid, n.nspname AS schema, c.relname AS name, p.is_born
  FROM part p
  JOIN pg_catalog.pg_class c ON c.oid = p.oid
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 WHERE (n.nspname, c.relname) <> (p.root_schema, p.root_name)
 ORDER BY p.root_schema, p.root_name, n.nspname, c.relname;
