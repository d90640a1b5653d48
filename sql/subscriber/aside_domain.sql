-- A constraint of a domain that has refused a value of the source: the statement that drops it, and the one that puts
-- it back.
-- $1 schema, $2 name of the domain, $3 name of its CHECK constraint or null: its NOT NULL
SELECT i.type, i.identity, CASE WHEN $3::pg_catalog.text IS NULL THEN 'nullable' ELSE 'missing' END AS aspect,
       NULL::pg_catalog.text AS schema, NULL::pg_catalog.text AS name,
       CASE WHEN $3 IS NULL THEN pg_catalog.format('ALTER DOMAIN %I.%I DROP NOT NULL', n.nspname, t.typname)
            ELSE pg_catalog.format('ALTER DOMAIN %I.%I DROP CONSTRAINT %I', n.nspname, t.typname, k.conname) END AS set_aside,
       CASE WHEN $3 IS NULL THEN ARRAY[pg_catalog.format('ALTER DOMAIN %I.%I SET NOT NULL', n.nspname, t.typname)]
            ELSE ARRAY[pg_catalog.format('ALTER DOMAIN %I.%I ADD CONSTRAINT %I %s%s', n.nspname, t.typname, k.conname,
                                         pg_catalog.pg_get_constraintdef(k.oid),
                                         CASE WHEN k.convalidated THEN ' NOT VALID' ELSE '' END) || d.comment]
                 || CASE WHEN k.convalidated
                         THEN ARRAY[pg_catalog.format('ALTER DOMAIN %I.%I VALIDATE CONSTRAINT %I', n.nspname, t.typname,
                                                      k.conname)]
                         ELSE ARRAY[]::pg_catalog.text[] END
       END AS put_back
  FROM pg_catalog.pg_type t
  JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
  LEFT JOIN pg_catalog.pg_constraint k ON k.contypid = t.oid AND k.contype = 'c' AND k.conname = $3,
       LATERAL (SELECT CASE WHEN $3 IS NULL THEN 'pg_catalog.pg_type'::pg_catalog.regclass
                            ELSE 'pg_catalog.pg_constraint'::pg_catalog.regclass END::pg_catalog.oid AS classid,
                       CASE WHEN $3 IS NULL THEN t.oid ELSE k.oid END AS objid) AS o,
       LATERAL pg_catalog.pg_identify_object(o.classid, o.objid, 0) AS i,
       LATERAL (SELECT coalesce('; ' || CASE WHEN pg_catalog.obj_description(k.oid, 'pg_constraint') IS NOT NULL
                                             THEN pg_catalog.format('COMMENT ON CONSTRAINT %I ON DOMAIN %I.%I IS %L', k.conname, n.nspname, t.typname,
                                                                    pg_catalog.obj_description(k.oid, 'pg_constraint')) END,
                                '') AS comment) AS d
 WHERE n.nspname = $1 AND t.typname = $2 AND t.typtype = 'd' AND pg_catalog.pg_has_role(t.typowner, 'USAGE') AND CASE WHEN $3 IS NULL THEN t.typnotnull ELSE k.oid IS NOT NULL END;
