-- The schemas that publications publish whole (FOR TABLES IN SCHEMA). Needs PostgreSQL 15.
-- $1 the publications' names, as an array
SELECT p.pubname AS publication, n.nspname AS schema
  FROM pg_catalog.pg_publication_namespace s
  JOIN pg_catalog.pg_publication p ON p.oid = s.pnpubid
  JOIN pg_catalog.pg_namespace n ON n.oid = s.pnnspid
 WHERE p.pubname = ANY ($1::pg_catalog.name[])
 ORDER BY p.pubname, n.nspname;
