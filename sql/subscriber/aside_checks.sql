-- The CHECK constraints that would have to hold while tables are copied: the statement that sets each aside, and the
-- one that puts it back after the rows. Each only where it is defined; those that inherit it go with it. A constraint
-- that tables inherit of which not all are copied stays, as the others would lose it; so does one of a table that is
-- somebody else's.
-- $1 schemas, $2 names of the tables that are about to be copied
WITH RECURSIVE wanted(oid) AS (
    SELECT c.oid
      FROM unnest($1::pg_catalog.text[], $2::pg_catalog.text[]) AS t(schema, name)
      JOIN pg_catalog.pg_namespace n ON n.nspname = t.schema
      JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = t.name AND c.relkind IN ('r', 'p')
), above(oid) AS (
    SELECT w.oid FROM wanted w
    UNION
    SELECT i.inhparent FROM above a JOIN pg_catalog.pg_inherits i ON i.inhrelid = a.oid
), below(top, oid) AS (
    SELECT a.oid, a.oid FROM above a
    UNION
    SELECT b.top, i.inhrelid FROM below b JOIN pg_catalog.pg_inherits i ON i.inhparent = b.oid
), covered AS (
    SELECT a.oid
      FROM above a
     WHERE a.oid IN (SELECT w.oid FROM wanted w)
        OR NOT EXISTS (SELECT FROM below b
                         JOIN pg_catalog.pg_class c ON c.oid = b.oid AND c.relkind = 'r' AND c.relpersistence = 'p'
                        WHERE b.top = a.oid AND b.oid NOT IN (SELECT w.oid FROM wanted w))
)
SELECT i.type, i.identity, 'missing' AS aspect, n.nspname AS schema, c.relname AS name,
       pg_catalog.format('ALTER TABLE %I.%I DROP CONSTRAINT %I', n.nspname, c.relname, k.conname) AS set_aside,
       ARRAY[pg_catalog.format('ALTER TABLE %I.%I ADD CONSTRAINT %I %s%s', n.nspname, c.relname, k.conname,
                               pg_catalog.pg_get_constraintdef(k.oid),
                               CASE WHEN k.convalidated THEN ' NOT VALID' ELSE '' END)
             || d.comment]
       || CASE WHEN k.convalidated
               THEN ARRAY[pg_catalog.format('ALTER TABLE %I.%I VALIDATE CONSTRAINT %I', n.nspname, c.relname, k.conname)]
               ELSE ARRAY[]::pg_catalog.text[] END AS put_back
  FROM covered v
  JOIN pg_catalog.pg_class c ON c.oid = v.oid AND pg_catalog.pg_has_role(c.relowner, 'USAGE')
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_catalog.pg_constraint k ON k.conrelid = c.oid AND k.contype = 'c' AND k.coninhcount = 0
                                 AND coalesce((pg_catalog.to_jsonb(k) ->> 'conenforced')::pg_catalog.bool, true),
       LATERAL pg_catalog.pg_identify_object('pg_catalog.pg_constraint'::pg_catalog.regclass, k.oid, 0) AS i,
       LATERAL (SELECT coalesce('; ' || CASE WHEN pg_catalog.obj_description(k.oid, 'pg_constraint') IS NOT NULL
                                             THEN pg_catalog.format('COMMENT ON CONSTRAINT %I ON %I.%I IS %L', k.conname, n.nspname, c.relname,
                                                                    pg_catalog.obj_description(k.oid, 'pg_constraint')) END,
                                '') AS comment) AS d
 ORDER BY n.nspname, c.relname, k.conname;
