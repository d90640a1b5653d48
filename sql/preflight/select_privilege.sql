-- The privileges of this connection's role to read tables.
-- $1 the tables' OIDs, as an array
-- denied_columns: columns that the role may not SELECT; generated ones are computed again and need not be read.
SELECT c.oid, n.nspname AS schema, c.relname AS name,
       pg_catalog.has_schema_privilege(n.oid, 'USAGE') AS may_use_schema,
       pg_catalog.has_table_privilege(c.oid, 'SELECT') AS may_select,
       CASE WHEN pg_catalog.has_table_privilege(c.oid, 'SELECT') THEN ARRAY[]::pg_catalog.text[] ELSE
       ARRAY(SELECT a.attname FROM pg_catalog.pg_attribute a
              WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
                AND coalesce(pg_catalog.to_jsonb(a) ->> 'attgenerated', '') = ''
                AND NOT pg_catalog.has_column_privilege(c.oid, a.attnum, 'SELECT')
              ORDER BY a.attnum)::pg_catalog.text[] END AS denied_columns
  FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 WHERE c.oid = ANY ($1::pg_catalog.oid[])
 ORDER BY n.nspname, c.relname;
