-- The types of PostgreSQL itself that columns of tables have, also within arrays and domains, each with some of the tables.
-- $1 the tables' OIDs, as an array
SELECT t.typname AS type, (ARRAY_AGG(DISTINCT n.nspname || '.' || c.relname))[1:5]::pg_catalog.text[] AS tables
  FROM pg_catalog.pg_attribute a
  JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_catalog.pg_type first ON first.oid = a.atttypid
  JOIN pg_catalog.pg_type second ON second.oid = CASE WHEN first.typcategory = 'A' AND first.typelem <> 0 THEN first.typelem
                                                      WHEN first.typtype = 'd' THEN first.typbasetype ELSE first.oid END
  JOIN pg_catalog.pg_type t ON t.oid = CASE WHEN second.typcategory = 'A' AND second.typelem <> 0 THEN second.typelem
                                            WHEN second.typtype = 'd' THEN second.typbasetype ELSE second.oid END
 WHERE a.attrelid = ANY ($1::pg_catalog.oid[]) AND a.attnum > 0 AND NOT a.attisdropped
   AND t.typnamespace = 'pg_catalog'::pg_catalog.regnamespace
 GROUP BY t.typname
 ORDER BY t.typname;
