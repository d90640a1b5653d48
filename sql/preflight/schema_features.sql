-- Features of tables that came with some version, and which an older shadow cannot have.
-- $1 the tables' OIDs, as an array
-- since: the major version that brought the feature
SELECT f.feature, f.since, (ARRAY_AGG(DISTINCT n.nspname || '.' || c.relname))[1:5]::pg_catalog.text[] AS tables
  FROM (SELECT 'virtual generated columns' AS feature, 18 AS since, a.attrelid AS oid
          FROM pg_catalog.pg_attribute a
         WHERE a.attrelid = ANY ($1::pg_catalog.oid[]) AND pg_catalog.to_jsonb(a) ->> 'attgenerated' = 'v'
        UNION ALL
        SELECT 'stored generated columns', 12, a.attrelid
          FROM pg_catalog.pg_attribute a
         WHERE a.attrelid = ANY ($1::pg_catalog.oid[]) AND pg_catalog.to_jsonb(a) ->> 'attgenerated' = 's'
        UNION ALL
        SELECT 'NULLS NOT DISTINCT', 15, i.indrelid
          FROM pg_catalog.pg_index i
         WHERE i.indrelid = ANY ($1::pg_catalog.oid[]) AND pg_catalog.to_jsonb(i) ->> 'indnullsnotdistinct' = 'true'
        UNION ALL
        SELECT 'WITHOUT OVERLAPS', 18, o.conrelid
          FROM pg_catalog.pg_constraint o
         WHERE o.conrelid = ANY ($1::pg_catalog.oid[]) AND pg_catalog.to_jsonb(o) ->> 'conperiod' = 'true'
        UNION ALL
        SELECT 'hash partitioning', 11, p.partrelid
          FROM pg_catalog.pg_partitioned_table p
         WHERE p.partrelid = ANY ($1::pg_catalog.oid[]) AND p.partstrat = 'h') AS f
  JOIN pg_catalog.pg_class c ON c.oid = f.oid
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 GROUP BY f.feature, f.since
 ORDER BY f.since DESC, f.feature;
