-- A table's identity columns of one kind, each with the table at which it is to be changed: since 17 a partition's are those
-- of the table at the top.
-- $1 schema, $2 name, $3 a: GENERATED ALWAYS, which refuse written values; d: BY DEFAULT
WITH RECURSIVE self AS (
    SELECT c.oid, c.relispartition
      FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = $1 AND c.relname = $2
), above(oid, is_partition) AS (
    SELECT s.oid, s.relispartition FROM self s
    UNION
    SELECT p.oid, p.relispartition
      FROM above a
      JOIN pg_catalog.pg_inherits i ON i.inhrelid = a.oid
      JOIN pg_catalog.pg_class p ON p.oid = i.inhparent
     WHERE a.is_partition AND pg_catalog.current_setting('server_version_num')::pg_catalog.int4 >= 170000
)
SELECT a.attname AS name, n.nspname AS top_schema, c.relname AS top_name
  FROM self s
  JOIN pg_catalog.pg_attribute a ON a.attrelid = s.oid AND a.attidentity = $3 AND NOT a.attisdropped
  JOIN above t ON NOT t.is_partition OR pg_catalog.current_setting('server_version_num')::pg_catalog.int4 < 170000
  JOIN pg_catalog.pg_class c ON c.oid = t.oid
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 ORDER BY a.attnum;
