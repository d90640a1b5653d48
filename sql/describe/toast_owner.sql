-- The table that a TOAST table belongs to.
-- $1 the TOAST table's OID
SELECT n.nspname, c.relname
  FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 WHERE c.reltoastrelid = $1::pg_catalog.oid
