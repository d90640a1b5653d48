-- The collations that columns and indexes of tables name, and whose rules have changed since they were made.
-- $1 the tables' OIDs, as an array
WITH named AS (
    SELECT DISTINCT a.attcollation AS oid
      FROM (SELECT t.oid FROM pg_catalog.unnest($1::pg_catalog.oid[]) AS t(oid)
            UNION ALL
            SELECT i.indexrelid FROM pg_catalog.pg_index i WHERE i.indrelid = ANY ($1::pg_catalog.oid[])) AS r
      JOIN pg_catalog.pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
     -- 100 is the database's own.
     WHERE a.attcollation NOT IN (0, 100)
)
SELECT n.nspname AS schema, c.collname AS name, c.collversion AS version,
       pg_catalog.pg_collation_actual_version(c.oid) AS actual
  FROM named
  JOIN pg_catalog.pg_collation c ON c.oid = named.oid
  JOIN pg_catalog.pg_namespace n ON n.oid = c.collnamespace
 WHERE c.collversion IS NOT NULL AND c.collversion IS DISTINCT FROM pg_catalog.pg_collation_actual_version(c.oid)
 ORDER BY n.nspname, c.collname;
