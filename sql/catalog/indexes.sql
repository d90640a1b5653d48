-- The indexes of tables, with the statement that makes each again.
-- $1 the tables' OIDs, as an array
SELECT i.indrelid AS table_oid, i.indexrelid AS oid, n.nspname AS schema, c.relname AS name, m.amname AS method,
       i.indisunique AS is_unique, i.indisprimary AS is_primary, i.indisvalid AS is_valid,
       i.indimmediate AS is_immediate, i.indpred IS NOT NULL AS is_partial, i.indexprs IS NOT NULL AS has_expressions,
       ARRAY(SELECT a.attname FROM pg_catalog.generate_series(0, i.indnatts - 1) AS k
               JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[k]
              WHERE k < coalesce((pg_catalog.to_jsonb(i) ->> 'indnkeyatts')::int, i.indnatts)
              ORDER BY k)::pg_catalog.text[] AS columns,
       x.conname AS constraint_name,
       pg_catalog.pg_get_indexdef(i.indexrelid) AS definition
  FROM pg_catalog.pg_index i
  JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_catalog.pg_am m ON m.oid = c.relam
  LEFT JOIN pg_catalog.pg_constraint x ON x.conindid = i.indexrelid AND x.conrelid = i.indrelid
                                      AND x.contype IN ('p', 'u', 'x')
 WHERE i.indrelid = ANY ($1::pg_catalog.oid[])
 ORDER BY i.indrelid, c.relname;
