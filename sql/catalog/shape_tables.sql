-- Tables as the catalog describes them. horizon: all transactions before it had ended.
-- $1 the tables' OIDs, as an array
SELECT c.oid, n.nspname AS schema, n.oid AS schema_oid, c.relname AS name, c.relkind = 'p' AS is_partitioned, c.relfilenode AS file_node,
       c.xmin::pg_catalog.text AS defined_by, c.relnatts AS highest_column,
       c.relreplident AS replica_identity,
       (SELECT x.relname FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
         WHERE i.indrelid = c.oid AND i.indisreplident) AS identity_index,
       (SELECT x.relname FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
         WHERE i.indrelid = c.oid AND i.indisclustered) AS clustered_on,
       pg_catalog.txid_snapshot_xmin(pg_catalog.txid_current_snapshot()) AS horizon
  FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 WHERE c.oid = ANY ($1::pg_catalog.oid[]) AND c.relkind IN ('r', 'p')
 ORDER BY n.nspname, c.relname;
