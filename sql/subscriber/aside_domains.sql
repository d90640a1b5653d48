-- The constraints that are NOT VALID of the domains that columns of tables are made of, which old values may break: the
-- statement that sets each aside, and the one that puts it back after the rows.
-- $1 schemas, $2 names of the tables that are about to be copied
WITH RECURSIVE used(oid) AS (
    SELECT a.atttypid
      FROM unnest($1::pg_catalog.text[], $2::pg_catalog.text[]) AS t(schema, name)
      JOIN pg_catalog.pg_namespace n ON n.nspname = t.schema
      JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = t.name
      JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    UNION
    SELECT more.oid
      FROM used u
      JOIN pg_catalog.pg_type t ON t.oid = u.oid,
           LATERAL (SELECT t.typelem AS oid UNION ALL SELECT t.typbasetype
                     UNION ALL SELECT a.atttypid FROM pg_catalog.pg_attribute a
                                WHERE a.attrelid = t.typrelid AND t.typrelid <> 0 AND a.attnum > 0 AND NOT a.attisdropped
                     UNION ALL SELECT r.rngsubtype FROM pg_catalog.pg_range r
                                WHERE t.oid IN (r.rngtypid, (pg_catalog.to_jsonb(r) ->> 'rngmultitypid')::pg_catalog.oid)
                   ) AS more
     WHERE more.oid <> 0
)
SELECT i.type, i.identity, 'missing' AS aspect, NULL::pg_catalog.text AS schema, NULL::pg_catalog.text AS name,
       pg_catalog.format('ALTER DOMAIN %I.%I DROP CONSTRAINT %I', n.nspname, t.typname, k.conname) AS set_aside,
       ARRAY[pg_catalog.format('ALTER DOMAIN %I.%I ADD CONSTRAINT %I %s', n.nspname, t.typname, k.conname,
                               pg_catalog.pg_get_constraintdef(k.oid)) || d.comment] AS put_back
  FROM used u
  JOIN pg_catalog.pg_type t ON t.oid = u.oid AND t.typtype = 'd' AND pg_catalog.pg_has_role(t.typowner, 'USAGE')
  JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
  JOIN pg_catalog.pg_constraint k ON k.contypid = t.oid AND k.contype = 'c' AND NOT k.convalidated,
       LATERAL pg_catalog.pg_identify_object('pg_catalog.pg_constraint'::pg_catalog.regclass, k.oid, 0) AS i,
       LATERAL (SELECT coalesce('; ' || CASE WHEN pg_catalog.obj_description(k.oid, 'pg_constraint') IS NOT NULL
                                             THEN pg_catalog.format('COMMENT ON CONSTRAINT %I ON DOMAIN %I.%I IS %L', k.conname, n.nspname, t.typname,
                                                                    pg_catalog.obj_description(k.oid, 'pg_constraint')) END,
                                '') AS comment) AS d
 ORDER BY n.nspname, t.typname, k.conname;
