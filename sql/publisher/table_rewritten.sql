-- Whether a table's rows, or a partition's, have moved to another file since this transaction's snapshot. After TRUNCATE
-- and some forms of ALTER TABLE an older snapshot finds the table empty (manual, 13.6 "Caveats"). Asked while the
-- transaction holds a lock on the table: the row of pg_class is the snapshot's, pg_relation_filenode() returns today's.
-- $1 the table's OID
WITH RECURSIVE part(oid) AS (
    SELECT $1::pg_catalog.oid
    UNION
    SELECT i.inhrelid
      FROM part p
      JOIN pg_catalog.pg_class c ON c.oid = p.oid AND c.relkind = 'p'
      JOIN pg_catalog.pg_inherits i ON i.inhparent = p.oid
)
SELECT count(*) > 0 AS rewritten
  FROM part p
  JOIN pg_catalog.pg_class c ON c.oid = p.oid AND c.relkind = 'r'
 WHERE c.relfilenode IS DISTINCT FROM pg_catalog.pg_relation_filenode(p.oid::pg_catalog.regclass);
