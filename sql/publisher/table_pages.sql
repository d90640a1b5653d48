-- The size of tables' heaps in pages.
-- $1 the tables' OIDs, as an array
SELECT t.oid, (pg_catalog.pg_relation_size(t.oid::pg_catalog.regclass)
               / pg_catalog.current_setting('block_size')::pg_catalog.int8) AS pages
  FROM pg_catalog.unnest($1::pg_catalog.oid[]) AS t(oid);
