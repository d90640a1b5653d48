-- The tables of these names that exist here, and all partitions below them.
-- $1 their schemas, $2 their names, as arrays
-- identity is the table's in the words of pg_identify_object, schema and name are those that were asked for.
WITH RECURSIVE part(schema, name, oid) AS (
    SELECT w.schema, w.name, c.oid
      FROM ROWS FROM (pg_catalog.unnest($1::pg_catalog.text[]), pg_catalog.unnest($2::pg_catalog.text[])) AS w(schema, name)
      JOIN pg_catalog.pg_namespace n ON n.nspname = w.schema
      JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = w.name AND c.relkind IN ('r', 'p', 'f')
    UNION
    SELECT p.schema, p.name, h.inhrelid
      FROM part p
      JOIN pg_catalog.pg_inherits h ON h.inhparent = p.oid
      JOIN pg_catalog.pg_class c ON c.oid = h.inhrelid AND c.relispartition AND c.relkind IN ('r', 'p', 'f')
)
SELECT p.schema, p.name, p.oid, i.identity
  FROM part p
  CROSS JOIN LATERAL pg_catalog.pg_identify_object('pg_catalog.pg_class'::pg_catalog.regclass, p.oid, 0) AS i;
