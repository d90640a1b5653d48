-- A table's foreign keys: its own first, then those of the partitioned tables that it is a part of. PostgreSQL 12 and later.
-- $1 the table's OID
-- $2 true: it is a partition or partitioned
SELECT conrelid = $1::pg_catalog.oid AS is_own, conname, pg_catalog.pg_get_constraintdef(oid, true) AS definition,
       conrelid::pg_catalog.regclass::pg_catalog.text AS on_table
  FROM pg_catalog.pg_constraint
 WHERE contype = 'f' AND conparentid = 0
   AND (conrelid = $1 OR $2::pg_catalog.bool AND conrelid IN (SELECT relid FROM pg_catalog.pg_partition_ancestors($1)))
 ORDER BY is_own DESC, conname
