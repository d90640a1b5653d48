-- The NOT NULLs of columns, at the highest table that has them: the statement that drops each, and the one that puts it
-- back. One of a primary key cannot go, nor one of a table that is somebody else's.
-- $1 schema, $2 name of the table, $3 the columns, $4 false: not those that get a value of their own, by a default or an identity
WITH RECURSIVE above(oid, depth) AS (
    SELECT c.oid, 0
      FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = $1 AND c.relname = $2
    UNION
    SELECT i.inhparent, a.depth + 1 FROM above a JOIN pg_catalog.pg_inherits i ON i.inhrelid = a.oid
)
SELECT DISTINCT ON (a.attname) i.type, i.identity, 'nullable' AS aspect, $1 AS schema, $2 AS name,
       pg_catalog.format('ALTER TABLE %I.%I ALTER COLUMN %I DROP NOT NULL', n.nspname, c.relname, a.attname) AS set_aside,
       ARRAY[pg_catalog.format('ALTER TABLE %I.%I ALTER COLUMN %I SET NOT NULL', n.nspname, c.relname, a.attname)] AS put_back
  FROM above v
  JOIN pg_catalog.pg_class c ON c.oid = v.oid AND pg_catalog.pg_has_role(c.relowner, 'USAGE')
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND a.attnotnull AND NOT a.attisdropped
                                AND a.attname = ANY ($3::pg_catalog.text[])
                                AND ($4::pg_catalog.bool OR NOT a.atthasdef AND a.attidentity = '')
                                AND NOT EXISTS (SELECT FROM pg_catalog.pg_index x
                                                 WHERE x.indrelid = c.oid AND x.indisprimary
                                                   AND a.attnum = ANY (x.indkey::pg_catalog.int2[])),
       LATERAL pg_catalog.pg_identify_object('pg_catalog.pg_class'::pg_catalog.regclass, c.oid, a.attnum) AS i
 ORDER BY a.attname, v.depth DESC;
