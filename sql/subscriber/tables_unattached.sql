-- Which of these tables do not exist here as partitions.
-- $1 schemas, $2 names
SELECT t.schema, t.name
  FROM unnest($1::pg_catalog.text[], $2::pg_catalog.text[]) AS t(schema, name)
 WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                    WHERE n.nspname = t.schema AND c.relname = t.name AND c.relispartition);
