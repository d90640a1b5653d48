-- The schemas whose tables a publication holds. PostgreSQL 15 and later.
-- $1 the publication's OID
SELECT n.nspname
  FROM pg_catalog.pg_namespace n
  JOIN pg_catalog.pg_publication_namespace s ON s.pnnspid = n.oid
 WHERE s.pnpubid = $1::pg_catalog.oid
 ORDER BY n.nspname
