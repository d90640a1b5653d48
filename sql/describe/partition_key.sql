-- The partition key of a partitioned table.
-- $1 the table's OID
SELECT pg_catalog.pg_get_partkeydef($1::pg_catalog.oid) AS key
