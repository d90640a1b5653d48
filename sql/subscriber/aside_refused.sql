-- The object that has refused a row of the source, by the name that the server gave it: a CHECK, unique or exclusion
-- constraint or a unique index of a table, or of a table that it inherits from or that inherits from it. Where it is
-- defined; the statement that drops it, and the one that puts it back. Not the index by which changed rows are found,
-- nor an object that is somebody else's.
-- $1 schema, $2 name of the table, $3 name of the constraint or index; null: all CHECKs and indexes that call functions other
-- than the system's own, of which one has failed
WITH RECURSIVE self AS (
    SELECT c.oid
      FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = $1 AND c.relname = $2
), above(oid) AS (
    SELECT s.oid FROM self s
    UNION
    SELECT i.inhparent FROM above a JOIN pg_catalog.pg_inherits i ON i.inhrelid = a.oid
), family(oid) AS (
    SELECT a.oid FROM above a
    UNION
    SELECT i.inhrelid FROM family f JOIN pg_catalog.pg_inherits i ON i.inhparent = f.oid
), calling(classid, objid) AS (
    SELECT d.classid, d.objid
      FROM pg_catalog.pg_depend d
     WHERE d.refclassid = 'pg_catalog.pg_proc'::pg_catalog.regclass AND d.refobjid >= 16384
), checks AS (
    SELECT k.oid
      FROM family f
      JOIN pg_catalog.pg_constraint k ON k.conrelid = f.oid AND k.contype = 'c' AND k.coninhcount = 0
     WHERE CASE WHEN $3::pg_catalog.text IS NOT NULL THEN k.conname = $3
                ELSE EXISTS (SELECT FROM calling g
                              WHERE g.classid = 'pg_catalog.pg_constraint'::pg_catalog.regclass AND g.objid = k.oid) END
), named(oid) AS (
    SELECT x.indexrelid
      FROM family f
      JOIN pg_catalog.pg_index x ON x.indrelid = f.oid
      JOIN pg_catalog.pg_class c ON c.oid = x.indexrelid
     WHERE CASE WHEN $3::pg_catalog.text IS NOT NULL THEN c.relname = $3
                ELSE EXISTS (SELECT FROM calling g
                              WHERE g.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND g.objid = x.indexrelid) END
    UNION
    SELECT i.inhparent FROM named m JOIN pg_catalog.pg_inherits i ON i.inhrelid = m.oid
), indexes AS (
    SELECT m.oid, k.oid AS constraintid
      FROM named m
      JOIN pg_catalog.pg_index x ON x.indexrelid = m.oid AND NOT x.indisreplident
                                AND NOT (x.indisprimary AND x.indimmediate AND x.indisvalid)
      LEFT JOIN pg_catalog.pg_constraint k ON k.conindid = m.oid AND k.contype IN ('p', 'u', 'x') AND k.conrelid = x.indrelid
     WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_inherits i WHERE i.inhrelid = m.oid)
)
SELECT i.type, i.identity, 'missing' AS aspect, $1 AS schema, $2 AS name,
       pg_catalog.format('ALTER TABLE %I.%I DROP CONSTRAINT %I', n.nspname, c.relname, k.conname) AS set_aside,
       ARRAY[pg_catalog.format('ALTER TABLE %I.%I ADD CONSTRAINT %I %s%s', n.nspname, c.relname, k.conname,
                               pg_catalog.pg_get_constraintdef(k.oid),
                               CASE WHEN k.contype = 'c' AND k.convalidated THEN ' NOT VALID' ELSE '' END) || d.comment]
       || CASE WHEN k.contype = 'c' AND k.convalidated
               THEN ARRAY[pg_catalog.format('ALTER TABLE %I.%I VALIDATE CONSTRAINT %I', n.nspname, c.relname, k.conname)]
               ELSE ARRAY[]::pg_catalog.text[] END AS put_back
  FROM (SELECT h.oid FROM checks h UNION ALL SELECT x.constraintid FROM indexes x WHERE x.constraintid IS NOT NULL) AS o
  JOIN pg_catalog.pg_constraint k ON k.oid = o.oid
  JOIN pg_catalog.pg_class c ON c.oid = k.conrelid AND pg_catalog.pg_has_role(c.relowner, 'USAGE')
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace,
       LATERAL pg_catalog.pg_identify_object('pg_catalog.pg_constraint'::pg_catalog.regclass, k.oid, 0) AS i,
       LATERAL (SELECT coalesce('; ' || CASE WHEN pg_catalog.obj_description(k.oid, 'pg_constraint') IS NOT NULL
                                             THEN pg_catalog.format('COMMENT ON CONSTRAINT %I ON %I.%I IS %L', k.conname, n.nspname, c.relname,
                                                                    pg_catalog.obj_description(k.oid, 'pg_constraint')) END,
                                '') AS comment) AS d
 UNION ALL
SELECT i.type, i.identity, 'missing', $1, $2,
       pg_catalog.format('DROP INDEX %I.%I', n.nspname, c.relname), ARRAY[pg_catalog.pg_get_indexdef(x.oid) || d.comment]
  FROM indexes x
  JOIN pg_catalog.pg_class c ON c.oid = x.oid AND pg_catalog.pg_has_role(c.relowner, 'USAGE')
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace,
       LATERAL pg_catalog.pg_identify_object('pg_catalog.pg_class'::pg_catalog.regclass, x.oid, 0) AS i,
       LATERAL (SELECT coalesce('; ' || CASE WHEN pg_catalog.obj_description(x.oid, 'pg_class') IS NOT NULL
                                             THEN pg_catalog.format('COMMENT ON INDEX %I.%I IS %L', n.nspname, c.relname,
                                                                    pg_catalog.obj_description(x.oid, 'pg_class')) END,
                                '') AS comment) AS d
 WHERE x.constraintid IS NULL;
