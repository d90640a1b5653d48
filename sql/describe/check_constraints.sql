-- A table's check constraints.
-- $1 the table's OID
SELECT conname, pg_catalog.pg_get_constraintdef(oid, true) AS definition
  FROM pg_catalog.pg_constraint
 WHERE conrelid = $1::pg_catalog.oid AND contype = 'c'
 ORDER BY conname
