-- A table's foreign keys, up to PostgreSQL 11.
-- $1 the table's OID
SELECT true AS is_own, conname, pg_catalog.pg_get_constraintdef(oid, true) AS definition,
       conrelid::pg_catalog.regclass::pg_catalog.text AS on_table
  FROM pg_catalog.pg_constraint
 WHERE conrelid = $1::pg_catalog.oid AND contype = 'f'
 ORDER BY conname
