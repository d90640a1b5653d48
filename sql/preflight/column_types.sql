-- The types of PostgreSQL itself that columns of tables have, also within arrays and domains, each with some of the tables.
-- $1 the tables' OIDs, as an array
WITH used AS (
    SELECT a.atttypid AS oid, (pg_catalog.array_agg(a.attrelid ORDER BY a.attrelid))[1:5] AS tables
      FROM pg_catalog.pg_attribute a
     WHERE a.attrelid = ANY ($1::pg_catalog.oid[]) AND a.attnum > 0 AND NOT a.attisdropped
     GROUP BY a.atttypid
)
SELECT t.typname AS type,
       pg_catalog.array_agg(DISTINCT n.nspname || '.' || c.relname ORDER BY n.nspname || '.' || c.relname)
       ::pg_catalog.text[] AS tables
  FROM used u
  JOIN pg_catalog.pg_type first ON first.oid = u.oid
  JOIN pg_catalog.pg_type second ON second.oid = CASE WHEN first.typcategory = 'A' AND first.typelem <> 0 THEN first.typelem
                                                      WHEN first.typtype = 'd' THEN first.typbasetype ELSE first.oid END
  JOIN pg_catalog.pg_type t ON t.oid = CASE WHEN second.typcategory = 'A' AND second.typelem <> 0 THEN second.typelem
                                            WHEN second.typtype = 'd' THEN second.typbasetype ELSE second.oid END
  JOIN pg_catalog.pg_class c ON c.oid = ANY (u.tables)
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 WHERE t.typnamespace = 'pg_catalog'::pg_catalog.regnamespace
 GROUP BY t.typname
 ORDER BY t.typname;
