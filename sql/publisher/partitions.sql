-- All partitions below partitioned tables, the upper ones first. These columns show that a partition has changed where
-- the stream does not: attached_by, the transaction that attached it; file_node, which TRUNCATE and rewrites change;
-- defined_by, the last transaction that did; horizon: the effects of all older transactions were visible when this was
-- read. A partition that was made as one had no rows before; one that was attached may have had some, which no
-- publication has sent. For a partition that is being dropped the server no longer reports the bound.
-- $1 schemas, $2 names of the partitioned tables
WITH RECURSIVE part(root_schema, root_name, oid, parent, depth, created_as_partition, attached_by) AS (
    SELECT t.schema, t.name, c.oid, NULL::pg_catalog.oid, 0, true, NULL::pg_catalog.xid
      FROM unnest($1::pg_catalog.text[], $2::pg_catalog.text[]) AS t(schema, name)
      JOIN pg_catalog.pg_namespace n ON n.nspname = t.schema
      JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = t.name
    UNION ALL
    SELECT p.root_schema, p.root_name, i.inhrelid, p.oid, p.depth + 1, i.xmin = y.xmin, i.xmin
      FROM part p
      JOIN pg_catalog.pg_inherits i ON i.inhparent = p.oid
      JOIN pg_catalog.pg_class c ON c.oid = i.inhrelid AND c.relispartition
      JOIN pg_catalog.pg_type y ON y.oid = c.reltype
)
SELECT p.root_schema, p.root_name, c.oid, n.nspname AS schema, c.relname AS name, p.created_as_partition,
       a.nspname AS parent_schema, u.relname AS parent_name, c.relkind = 'r' AS is_leaf,
       coalesce(pg_catalog.pg_get_expr(c.relpartbound, c.oid), '') AS bound, p.attached_by::pg_catalog.text AS attached_by,
       c.relfilenode AS file_node, c.xmin::pg_catalog.text AS defined_by,
       (pg_catalog.txid_snapshot_xmin(pg_catalog.txid_current_snapshot()) % 4294967296)::pg_catalog.text AS horizon
  FROM part p
  JOIN pg_catalog.pg_class c ON c.oid = p.oid
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_catalog.pg_class u ON u.oid = p.parent
  JOIN pg_catalog.pg_namespace a ON a.oid = u.relnamespace
 ORDER BY p.root_schema, p.root_name, p.depth, n.nspname, c.relname;
