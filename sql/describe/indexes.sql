-- A table's indexes, with the constraints that they serve.
-- $1 the table's OID
SELECT c.relname, i.indisprimary, i.indisunique, i.indisclustered, i.indisvalid, i.indisreplident,
       pg_catalog.pg_get_indexdef(i.indexrelid, 0, true) AS definition,
       pg_catalog.pg_get_constraintdef(k.oid, true) AS constraint_definition,
       k.contype, coalesce(k.condeferrable, false) AS condeferrable, coalesce(k.condeferred, false) AS condeferred,
       s.spcname AS tablespace
  FROM pg_catalog.pg_index i
  JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
  LEFT JOIN pg_catalog.pg_constraint k
         ON k.conrelid = i.indrelid AND k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x')
  LEFT JOIN pg_catalog.pg_tablespace s ON s.oid = c.reltablespace
 WHERE i.indrelid = $1::pg_catalog.oid
 ORDER BY i.indisprimary DESC, c.relname
