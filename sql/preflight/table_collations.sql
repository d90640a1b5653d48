-- The collations that columns and indexes of tables name, and whose rules have changed since they were made.
-- $1 the tables' OIDs, as an array
SELECT DISTINCT n.nspname AS schema, c.collname AS name, c.collversion AS version,
       pg_catalog.pg_collation_actual_version(c.oid) AS actual
  FROM (SELECT t.oid FROM pg_catalog.unnest($1::pg_catalog.oid[]) AS t(oid)
        UNION ALL
        SELECT i.indexrelid FROM pg_catalog.pg_index i WHERE i.indrelid = ANY ($1::pg_catalog.oid[])) AS r
  JOIN pg_catalog.pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
  JOIN pg_catalog.pg_collation c ON c.oid = a.attcollation
  JOIN pg_catalog.pg_namespace n ON n.oid = c.collnamespace
 WHERE c.collversion IS DISTINCT FROM pg_catalog.pg_collation_actual_version(c.oid) AND c.collversion IS NOT NULL
 ORDER BY n.nspname, c.collname;
