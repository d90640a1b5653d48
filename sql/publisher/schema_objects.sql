-- All objects that a set of tables needs to be created elsewhere, with what belongs to them: what they depend on (types,
-- functions, sequences, schemas, extensions, the tables above a partition), and their parts (defaults, constraints,
-- indexes, triggers, rules, policies, statistics, owned sequences). Foreign keys only where both ends are in the set.
-- $1 the tables' OIDs, as an array
-- An index of a partition depends on its table by 'I' in 11, by 'P' and 'S' since.
-- schema and name are set for relations only; followed tells the tables that were asked for.
WITH RECURSIVE part(classid, objid, tableid) AS (
    SELECT d.classid, d.objid, d.refobjid
      FROM pg_catalog.pg_depend d
      LEFT JOIN pg_catalog.pg_class c ON d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND c.oid = d.objid
      LEFT JOIN pg_catalog.pg_constraint f
             ON d.classid = 'pg_catalog.pg_constraint'::pg_catalog.regclass AND f.oid = d.objid AND f.contype = 'f'
     WHERE d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.deptype IN ('a', 'i', 'I', 'P', 'S')
       AND (d.classid IN ('pg_catalog.pg_attrdef'::pg_catalog.regclass, 'pg_catalog.pg_trigger'::pg_catalog.regclass,
                          'pg_catalog.pg_rewrite'::pg_catalog.regclass, 'pg_catalog.pg_policy'::pg_catalog.regclass,
                          'pg_catalog.pg_statistic_ext'::pg_catalog.regclass)
            OR d.classid = 'pg_catalog.pg_constraint'::pg_catalog.regclass AND f.oid IS NULL
            OR c.relkind IN ('i', 'I', 'S'))
), needed(classid, objid) AS (
    SELECT 'pg_catalog.pg_class'::pg_catalog.regclass::pg_catalog.oid, t.oid
      FROM pg_catalog.unnest($1::pg_catalog.oid[]) AS t(oid)
    UNION
    SELECT more.classid, more.objid
      FROM needed n,
           LATERAL (SELECT d.refclassid AS classid, d.refobjid AS objid
                      FROM pg_catalog.pg_depend d
                     WHERE d.classid = n.classid AND d.objid = n.objid AND d.refobjid >= 16384
                       AND d.refclassid <> 0
                     UNION ALL
                    SELECT p.classid, p.objid
                      FROM part p
                     WHERE n.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND p.tableid = n.objid) AS more
), keyed AS (
    SELECT n.classid, n.objid FROM needed n
    UNION
    SELECT 'pg_catalog.pg_constraint'::pg_catalog.regclass::pg_catalog.oid, f.oid
      FROM pg_catalog.pg_constraint f
     WHERE f.contype = 'f' AND f.conrelid = ANY (SELECT objid FROM needed) AND f.confrelid = ANY (SELECT objid FROM needed)
)
SELECT k.classid, k.objid, i.type, i.identity, n.nspname AS schema, c.relname AS name, c.relkind AS kind,
       k.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND k.objid = ANY ($1::pg_catalog.oid[]) AS followed,
       CASE WHEN k.classid = 'pg_catalog.pg_constraint'::pg_catalog.regclass THEN coalesce(x.contype = 'f', false)
            ELSE false END AS is_foreign_key
  FROM keyed k
  JOIN LATERAL pg_catalog.pg_identify_object(k.classid, k.objid, 0) i ON true
  LEFT JOIN pg_catalog.pg_class c
         ON k.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND c.oid = k.objid
  LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  LEFT JOIN pg_catalog.pg_constraint x
         ON k.classid = 'pg_catalog.pg_constraint'::pg_catalog.regclass AND x.oid = k.objid;
