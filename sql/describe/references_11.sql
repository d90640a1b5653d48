-- The foreign keys that refer to a table, up to PostgreSQL 11.
-- $1 the table's OID
SELECT conname, conrelid::pg_catalog.regclass::pg_catalog.text AS on_table,
       pg_catalog.pg_get_constraintdef(oid, true) AS definition
  FROM pg_catalog.pg_constraint
 WHERE confrelid = $1::pg_catalog.oid AND contype = 'f'
 ORDER BY conname
