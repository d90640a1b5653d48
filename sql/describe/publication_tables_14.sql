-- The tables that a publication names, up to PostgreSQL 14.
-- $1 the publication's OID
SELECT n.nspname, c.relname, NULL::pg_catalog.text AS filter, NULL::pg_catalog.text AS columns
  FROM pg_catalog.pg_publication_rel r
  JOIN pg_catalog.pg_class c ON c.oid = r.prrelid
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 WHERE r.prpubid = $1::pg_catalog.oid
 ORDER BY n.nspname, c.relname
