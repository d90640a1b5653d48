-- The tables that a publication names. PostgreSQL 15 and later.
-- $1 the publication's OID
SELECT n.nspname, c.relname, pg_catalog.pg_get_expr(r.prqual, c.oid) AS filter,
       CASE WHEN r.prattrs IS NOT NULL THEN pg_catalog.array_to_string(ARRAY(
           SELECT a.attname
             FROM pg_catalog.generate_series(0, pg_catalog.array_upper(r.prattrs::pg_catalog.int2[], 1)) s,
                  pg_catalog.pg_attribute a
            WHERE a.attrelid = c.oid AND a.attnum = r.prattrs[s]), ', ') END AS columns
  FROM pg_catalog.pg_publication_rel r
  JOIN pg_catalog.pg_class c ON c.oid = r.prrelid
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 WHERE r.prpubid = $1::pg_catalog.oid
 ORDER BY n.nspname, c.relname
