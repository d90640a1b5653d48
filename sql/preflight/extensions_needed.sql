-- The extensions that tables need: by a column's type, a default, a constraint, an index, a trigger, the table's access
-- method; directly or through other objects, extensions too.
-- $1 the tables' OIDs, as an array
-- It goes from the extensions to what depends on them, since they are few: an index, a default, a constraint or a trigger
-- leads to its table.
WITH RECURSIVE dependent(extension, classid, objid) AS (
    SELECT e.oid, 'pg_catalog.pg_extension'::pg_catalog.regclass::pg_catalog.oid, e.oid
      FROM pg_catalog.pg_extension e
     WHERE e.oid >= 16384
    UNION
    SELECT known.extension, more.classid, more.objid
      FROM dependent known
      LEFT JOIN pg_catalog.pg_class r
             ON known.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND r.oid = known.objid,
           LATERAL (SELECT d.classid, d.objid
                      FROM pg_catalog.pg_depend d
                     WHERE d.refclassid = known.classid AND d.refobjid = known.objid
                     UNION ALL
                    SELECT d.refclassid, d.refobjid
                      FROM pg_catalog.pg_depend d
                     WHERE d.classid = known.classid AND d.objid = known.objid AND d.deptype IN ('a', 'i')
                       -- The index of a constraint belongs to that, and that to the table.
                       AND d.refclassid IN ('pg_catalog.pg_class'::pg_catalog.regclass,
                                            'pg_catalog.pg_constraint'::pg_catalog.regclass)
                       AND (r.relkind IN ('i', 'I')
                            OR known.classid IN ('pg_catalog.pg_attrdef'::pg_catalog.regclass,
                                                 'pg_catalog.pg_constraint'::pg_catalog.regclass,
                                                 'pg_catalog.pg_trigger'::pg_catalog.regclass))) AS more
     WHERE r.relkind IS NULL OR r.relkind NOT IN ('r', 'p')
)
SELECT e.extname AS name, e.extversion AS version, s.nspname AS schema
  FROM pg_catalog.pg_extension e
  JOIN pg_catalog.pg_namespace s ON s.oid = e.extnamespace
 WHERE EXISTS (SELECT FROM dependent d
                WHERE d.extension = e.oid AND d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
                  AND d.objid = ANY ($1::pg_catalog.oid[]))
 ORDER BY e.extname;
