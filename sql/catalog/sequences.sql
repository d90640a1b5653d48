-- The sequences that tables use: owned by a column, or called by a column's default.
-- $1 the tables' OIDs, as an array
SELECT DISTINCT s.oid, n.nspname AS schema, s.relname AS name,
       pg_catalog.format_type(q.seqtypid, NULL) AS type, q.seqstart AS start, q.seqincrement AS increment
  FROM (SELECT d.objid AS oid
          FROM pg_catalog.pg_depend d
         WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
           AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
           AND d.refobjid = ANY ($1::pg_catalog.oid[]) AND d.deptype IN ('a', 'i')
        UNION ALL
        SELECT d.refobjid
          FROM pg_catalog.pg_attrdef f
          JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_attrdef'::pg_catalog.regclass AND d.objid = f.oid
                                     AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
         WHERE f.adrelid = ANY ($1::pg_catalog.oid[])) AS used
  JOIN pg_catalog.pg_class s ON s.oid = used.oid AND s.relkind = 'S'
  JOIN pg_catalog.pg_sequence q ON q.seqrelid = s.oid
  JOIN pg_catalog.pg_namespace n ON n.oid = s.relnamespace
 ORDER BY n.nspname, s.relname;
