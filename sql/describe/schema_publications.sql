-- The publications that hold all tables of a schema. PostgreSQL 15 and later.
-- $1 the schema's name
SELECT p.pubname
  FROM pg_catalog.pg_publication p
  JOIN pg_catalog.pg_publication_namespace s ON s.pnpubid = p.oid
  JOIN pg_catalog.pg_namespace n ON n.oid = s.pnnspid
 WHERE n.nspname = $1::pg_catalog.text
 ORDER BY p.pubname
