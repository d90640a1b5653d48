-- The columns of tables, in their order; dropped ones are left out.
-- $1 the tables' OIDs, as an array
SELECT a.attrelid AS table_oid, a.attnum AS number, a.attname AS name, a.atttypid AS type_oid,
       pg_catalog.format_type(a.atttypid, a.atttypmod) AS type,
       a.attnotnull AS not_null,
       coalesce(pg_catalog.to_jsonb(a) ->> 'attgenerated', '') AS generated,
       a.attidentity AS identity,
       pg_catalog.has_column_privilege(a.attrelid, a.attnum, 'SELECT') AS may_select
  FROM pg_catalog.pg_attribute a
 WHERE a.attrelid = ANY ($1::pg_catalog.oid[]) AND a.attnum > 0 AND NOT a.attisdropped
 ORDER BY a.attrelid, a.attnum;
