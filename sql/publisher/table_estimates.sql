-- How much tables hold, their partitions included, as the last VACUUM or ANALYZE counted: without a lock, and without
-- reading their files. Rows are null where nothing was counted yet; the size is the heap's then.
-- $1 schemas, $2 names
WITH RECURSIVE part AS (
    SELECT w.schema, w.name, c.oid, c.relkind
      FROM unnest($1::pg_catalog.text[], $2::pg_catalog.text[]) AS w(schema, name)
      JOIN pg_catalog.pg_namespace n ON n.nspname = w.schema
      JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = w.name
    UNION ALL
    SELECT p.schema, p.name, c.oid, c.relkind
      FROM part p
      JOIN pg_catalog.pg_inherits i ON i.inhparent = p.oid
      JOIN pg_catalog.pg_class c ON c.oid = i.inhrelid
     WHERE p.relkind = 'p'
), size AS (
    SELECT p.schema, p.name, c.reltuples AS rows,
           CASE WHEN p.relkind = 'p' THEN 0
                WHEN c.reltuples > 0
                THEN (c.relpages + coalesce(t.relpages, 0))::pg_catalog.int8
                     * pg_catalog.current_setting('block_size')::pg_catalog.int8
                ELSE coalesce(pg_catalog.pg_relation_size(c.oid::pg_catalog.regclass), 0) END AS bytes
      FROM part p
      JOIN pg_catalog.pg_class c ON c.oid = p.oid
      LEFT JOIN pg_catalog.pg_class t ON t.oid = c.reltoastrelid
)
SELECT schema, name, pg_catalog.sum(bytes)::pg_catalog.int8 AS bytes,
       CASE WHEN pg_catalog.bool_and(rows > 0 OR bytes = 0)
            THEN pg_catalog.sum(greatest(rows, 0))::pg_catalog.int8 END AS rows
  FROM size
 GROUP BY schema, name;
