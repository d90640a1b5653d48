-- $1 schema, $2 name, $3 last value, $4 whether it was handed out
SELECT pg_catalog.setval(c.oid::pg_catalog.regclass, $3::bigint, $4::boolean)
  FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 WHERE n.nspname = $1 AND c.relname = $2 AND c.relkind = 'S';
