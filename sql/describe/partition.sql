-- The table that a partition is a part of, and its bound.
-- $1 the partition's OID
SELECT i.inhparent::pg_catalog.regclass::pg_catalog.text AS parent,
       pg_catalog.pg_get_expr(c.relpartbound, c.oid) AS bound,
       coalesce((pg_catalog.to_jsonb(i) ->> 'inhdetachpending')::pg_catalog.bool, false) AS detach_pending,
       pg_catalog.pg_get_partition_constraintdef(c.oid) AS constraint_definition
  FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_inherits i ON i.inhrelid = c.oid
 WHERE c.oid = $1::pg_catalog.oid
