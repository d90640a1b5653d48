-- The list of relations of \d, \dt, \di, \dv, \dm, \ds, \dE.
-- $1 regular expression for the schema, or null: any
-- $2 regular expression for the name, or null: any
-- $3 true: only those that the search path shows unqualified
-- $4 true: none of the system's
-- $5 the kinds (pg_class.relkind) to list, an array
-- $6 true: with sizes and comments
SELECT n.nspname AS "Schema", c.relname AS "Name",
       CASE c.relkind
            WHEN 'r' THEN 'table' WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view' WHEN 'i' THEN 'index'
            WHEN 'S' THEN 'sequence' WHEN 't' THEN 'TOAST table' WHEN 'f' THEN 'foreign table'
            WHEN 'p' THEN 'partitioned table' WHEN 'I' THEN 'partitioned index'
       END AS "Type",
       pg_catalog.pg_get_userbyid(c.relowner) AS "Owner",
       t.relname AS "Table",
       CASE c.relpersistence
            WHEN 'p' THEN 'permanent' WHEN 't' THEN 'temporary' WHEN 'u' THEN 'unlogged'
       END AS "Persistence",
       am.amname AS "Access method",
       CASE WHEN $6::pg_catalog.bool THEN pg_catalog.pg_size_pretty(pg_catalog.pg_table_size(c.oid)) END AS "Size",
       CASE WHEN $6 THEN pg_catalog.obj_description(c.oid, 'pg_class') END AS "Description"
  FROM pg_catalog.pg_class c
  LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  LEFT JOIN pg_catalog.pg_am am ON am.oid = c.relam
  LEFT JOIN pg_catalog.pg_index i ON i.indexrelid = c.oid
  LEFT JOIN pg_catalog.pg_class t ON t.oid = i.indrelid
 WHERE c.relkind::pg_catalog.text = ANY ($5::pg_catalog.text[])
   AND ($1::pg_catalog.text IS NULL OR n.nspname OPERATOR(pg_catalog.~) $1 COLLATE pg_catalog.default)
   AND ($2::pg_catalog.text IS NULL OR c.relname OPERATOR(pg_catalog.~) $2 COLLATE pg_catalog.default)
   AND (NOT $3::pg_catalog.bool OR pg_catalog.pg_table_is_visible(c.oid))
   AND (NOT $4::pg_catalog.bool
        OR n.nspname <> 'pg_catalog' AND n.nspname !~ '^pg_toast' AND n.nspname <> 'information_schema')
 ORDER BY n.nspname, c.relname
