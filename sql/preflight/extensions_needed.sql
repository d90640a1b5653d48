-- The extensions that tables need: by a column's type, a default, a constraint, an index, a trigger, the table's access
-- method; directly or through other objects.
-- $1 the tables' OIDs, as an array
WITH RECURSIVE needed(classid, objid) AS (
    SELECT 'pg_catalog.pg_class'::pg_catalog.regclass::pg_catalog.oid, t.oid
      FROM pg_catalog.unnest($1::pg_catalog.oid[]) AS t(oid)
    UNION
    SELECT more.classid, more.objid
      FROM needed n,
           LATERAL (SELECT d.refclassid AS classid, d.refobjid AS objid
                      FROM pg_catalog.pg_depend d
                     WHERE d.classid = n.classid AND d.objid = n.objid AND d.refobjid >= 16384 AND d.refclassid <> 0
                     UNION ALL
                    SELECT d.classid, d.objid
                      FROM pg_catalog.pg_depend d
                      LEFT JOIN pg_catalog.pg_constraint f
                             ON d.classid = 'pg_catalog.pg_constraint'::pg_catalog.regclass AND f.oid = d.objid
                            AND f.contype = 'f'
                     WHERE n.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
                       AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.refobjid = n.objid
                       AND d.deptype IN ('a', 'i') AND f.oid IS NULL
                       AND d.classid IN ('pg_catalog.pg_class'::pg_catalog.regclass,
                                         'pg_catalog.pg_attrdef'::pg_catalog.regclass,
                                         'pg_catalog.pg_constraint'::pg_catalog.regclass,
                                         'pg_catalog.pg_trigger'::pg_catalog.regclass)) AS more
)
SELECT e.extname AS name, e.extversion AS version, s.nspname AS schema
  FROM needed n
  JOIN pg_catalog.pg_extension e ON e.oid = n.objid
  JOIN pg_catalog.pg_namespace s ON s.oid = e.extnamespace
 WHERE n.classid = 'pg_catalog.pg_extension'::pg_catalog.regclass
 ORDER BY e.extname;
