-- The tables that a table inherits from; a partition's are not among them.
-- $1 the table's OID
SELECT c.oid::pg_catalog.regclass::pg_catalog.text AS name
  FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_inherits i ON i.inhparent = c.oid
 WHERE i.inhrelid = $1::pg_catalog.oid AND c.relkind NOT IN ('p', 'I')
 ORDER BY i.inhseqno
