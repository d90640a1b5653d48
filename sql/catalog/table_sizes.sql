-- The sizes of tables, their partitions' share included: an estimate of the rows, and all bytes with indexes and TOAST.
-- $1 the tables' OIDs, as an array
-- The rows are null where no part has ever been vacuumed or analyzed.
WITH RECURSIVE part (root, oid) AS (
    SELECT t.oid, t.oid FROM pg_catalog.unnest($1::pg_catalog.oid[]) AS t (oid)
    UNION ALL
    SELECT part.root, h.inhrelid
      FROM part JOIN pg_catalog.pg_inherits h ON h.inhparent = part.oid
      JOIN pg_catalog.pg_class c ON c.oid = h.inhrelid AND c.relispartition
)
SELECT part.root AS table_oid,
       pg_catalog.sum(CASE WHEN c.relkind = 'r' AND c.reltuples >= 0 AND c.relpages > 0
                           THEN c.reltuples::pg_catalog.int8 END) AS estimated_rows,
       coalesce(pg_catalog.sum(pg_catalog.pg_total_relation_size(c.oid)), 0) AS total_bytes
  FROM part JOIN pg_catalog.pg_class c ON c.oid = part.oid
 GROUP BY part.root;
