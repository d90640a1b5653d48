-- An index, for its own \d.
-- $1 its OID
SELECT i.indisunique, i.indisprimary, i.indisclustered, i.indisvalid, i.indisreplident,
       NOT i.indimmediate AND EXISTS (
           SELECT FROM pg_catalog.pg_constraint k
            WHERE k.conrelid = i.indrelid AND k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x')
              AND k.condeferrable) AS condeferrable,
       NOT i.indimmediate AND EXISTS (
           SELECT FROM pg_catalog.pg_constraint k
            WHERE k.conrelid = i.indrelid AND k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x')
              AND k.condeferred) AS condeferred,
       coalesce((pg_catalog.to_jsonb(i) ->> 'indnullsnotdistinct')::pg_catalog.bool, false) AS indnullsnotdistinct,
       am.amname, t.relname AS table_name, pg_catalog.pg_get_expr(i.indpred, i.indrelid, true) AS predicate
  FROM pg_catalog.pg_index i
  JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
  JOIN pg_catalog.pg_class t ON t.oid = i.indrelid
  JOIN pg_catalog.pg_am am ON am.oid = c.relam
 WHERE c.oid = $1::pg_catalog.oid
