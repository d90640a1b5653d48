-- The publications that a table is in, up to PostgreSQL 14.
-- $1 the table's OID
SELECT p.pubname, NULL::pg_catalog.text AS filter, NULL::pg_catalog.text AS columns
  FROM pg_catalog.pg_publication p
  JOIN pg_catalog.pg_publication_rel r ON r.prpubid = p.oid
 WHERE r.prrelid = $1::pg_catalog.oid
UNION ALL
SELECT p.pubname, NULL, NULL
  FROM pg_catalog.pg_publication p
 WHERE p.puballtables AND pg_catalog.pg_relation_is_publishable($1::pg_catalog.oid::pg_catalog.regclass)
 ORDER BY 1
