-- The foreign keys that refer to a table. PostgreSQL 12 and later.
-- $1 the table's OID
SELECT conname, conrelid::pg_catalog.regclass::pg_catalog.text AS on_table,
       pg_catalog.pg_get_constraintdef(oid, true) AS definition
  FROM pg_catalog.pg_constraint
 WHERE confrelid IN (SELECT pg_catalog.pg_partition_ancestors($1::pg_catalog.oid)
                     UNION ALL VALUES ($1::pg_catalog.oid::pg_catalog.regclass))
   AND contype = 'f' AND conparentid = 0
 ORDER BY conname
