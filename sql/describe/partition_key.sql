-- What a partitioned table is partitioned by.
-- $1 the table's OID
SELECT pg_catalog.pg_get_partkeydef($1::pg_catalog.oid) AS key
