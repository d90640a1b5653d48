-- The indexes and constraints of tables, but for those that come from a table above, and foreign keys that point to them.
-- $1 the tables' OIDs, as an array
SELECT x.conrelid AS oid, CASE x.contype WHEN 'c' THEN 'check' ELSE 'constraint' END AS kind, x.conname AS name, pg_catalog.pg_get_constraintdef(x.oid) AS definition
  FROM pg_catalog.pg_constraint x
 WHERE x.conrelid = ANY ($1::pg_catalog.oid[]) AND x.contype IN ('c', 'f', 'p', 'u', 'x') AND x.conislocal
   AND coalesce((pg_catalog.to_jsonb(x) ->> 'conparentid')::pg_catalog.oid, 0) = 0
 UNION ALL
SELECT i.indrelid, 'index', c.relname, pg_catalog.pg_get_indexdef(i.indexrelid)
  FROM pg_catalog.pg_index i
  JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid AND NOT c.relispartition
 WHERE i.indrelid = ANY ($1::pg_catalog.oid[])
   AND NOT EXISTS (SELECT FROM pg_catalog.pg_constraint k WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x'))
 ORDER BY 1, 2, 3;
