-- The tables that inherit from a table, or its partitions.
-- $1 the table's OID
SELECT c.oid::pg_catalog.regclass::pg_catalog.text AS name, c.relkind,
       coalesce((pg_catalog.to_jsonb(i) ->> 'inhdetachpending')::pg_catalog.bool, false) AS detach_pending,
       pg_catalog.pg_get_expr(c.relpartbound, c.oid) AS bound
  FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_inherits i ON i.inhrelid = c.oid
 WHERE i.inhparent = $1::pg_catalog.oid
 ORDER BY pg_catalog.pg_get_expr(c.relpartbound, c.oid) = 'DEFAULT', c.oid::pg_catalog.regclass::pg_catalog.text
