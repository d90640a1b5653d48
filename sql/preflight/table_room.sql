-- How many bytes tables, their indexes and their TOAST take, as the last VACUUM or ANALYZE counted: it asks for no lock.
-- $1 the tables' OIDs, as an array
SELECT (coalesce(pg_catalog.sum(c.relpages), 0)::pg_catalog.int8
        * pg_catalog.current_setting('block_size')::pg_catalog.int8) AS bytes
  FROM (SELECT t.oid FROM pg_catalog.unnest($1::pg_catalog.oid[]) AS t(oid)
        UNION
        SELECT r.reltoastrelid FROM pg_catalog.pg_class r WHERE r.oid = ANY ($1::pg_catalog.oid[])
        UNION
        SELECT i.indexrelid FROM pg_catalog.pg_index i WHERE i.indrelid = ANY ($1::pg_catalog.oid[])) AS part
  JOIN pg_catalog.pg_class c ON c.oid = part.oid;
