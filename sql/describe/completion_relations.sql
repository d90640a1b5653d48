-- Relations and their columns for tab completion, the newest 20,000 at most.
SELECT n.nspname, c.relname, c.relkind, pg_catalog.pg_table_is_visible(c.oid) AS is_visible,
       n.nspname = 'pg_catalog' OR n.nspname = 'information_schema' AS is_system,
       (SELECT pg_catalog.json_agg(a.attname ORDER BY a.attnum)
          FROM pg_catalog.pg_attribute a
         WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'v', 'm', 'f', 'p')) AS columns
  FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 WHERE n.nspname !~ '^pg_(toast|temp)'
 ORDER BY c.oid DESC
 LIMIT 20000
