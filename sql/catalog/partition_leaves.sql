-- The partitions at the bottom of partitioned tables: those that store rows of their own, and write them to the WAL.
-- $1 the partitioned tables' OIDs, as an array
WITH RECURSIVE part (root, oid) AS (
    SELECT t.oid, t.oid FROM pg_catalog.unnest($1::pg_catalog.oid[]) AS t (oid)
    UNION ALL
    SELECT part.root, h.inhrelid
      FROM part JOIN pg_catalog.pg_inherits h ON h.inhparent = part.oid
      JOIN pg_catalog.pg_class c ON c.oid = h.inhrelid AND c.relispartition
)
SELECT part.root AS root_oid, c.oid AS leaf_oid, n.nspname AS schema, c.relname AS name
  FROM part JOIN pg_catalog.pg_class c ON c.oid = part.oid
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 WHERE c.relkind = 'r' AND c.relpersistence = 'p' AND part.oid <> part.root
 ORDER BY part.root, n.nspname, c.relname;
