-- How much room the sequences have that tables use, each with the column that takes its values; an integer column ends
-- before its sequence of bigint does.
-- $1 the tables' OIDs, as an array
-- used: the share that has been handed out, 0 to 1; null where the role may not read the sequence or it wraps around.
SELECT n.nspname AS schema, s.relname AS name, r.column_name, r.table_schema, r.table_name,
       r.type, pg_catalog.has_schema_privilege(n.oid, 'USAGE')
       AND pg_catalog.has_sequence_privilege(s.oid, 'SELECT') AS may_read,
       room.last_value, CASE WHEN q.seqincrement > 0 THEN room.highest ELSE room.lowest END AS last_possible,
       CASE WHEN q.seqcycle OR room.last_value IS NULL OR room.highest <= room.lowest THEN NULL
            WHEN q.seqincrement > 0
            THEN (room.last_value - greatest(room.lowest, 0)) / (room.highest - greatest(room.lowest, 0))
            ELSE (least(room.highest, 0) - room.last_value) / (least(room.highest, 0) - room.lowest)
       END::pg_catalog.float8 AS used
  FROM (SELECT DISTINCT ON (sequence) u.sequence, u.column_name, u.type, u.size,
               tn.nspname AS table_schema, t.relname AS table_name
          FROM (SELECT d.objid AS sequence, d.refobjid AS relation, d.refobjsubid AS number
                  FROM pg_catalog.pg_depend d
                 WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
                   AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
                   AND d.refobjid = ANY ($1::pg_catalog.oid[]) AND d.deptype IN ('a', 'i') AND d.refobjsubid > 0
                UNION ALL
                SELECT d.refobjid, f.adrelid, f.adnum
                  FROM pg_catalog.pg_attrdef f
                  JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_attrdef'::pg_catalog.regclass
                                             AND d.objid = f.oid
                                             AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
                 WHERE f.adrelid = ANY ($1::pg_catalog.oid[]) AND d.refobjid <> f.adrelid) AS c
          JOIN pg_catalog.pg_class t ON t.oid = c.relation
          JOIN pg_catalog.pg_namespace tn ON tn.oid = t.relnamespace,
               LATERAL (SELECT c.sequence, a.attname::pg_catalog.text AS column_name,
                               pg_catalog.format_type(a.atttypid, NULL) AS type,
                               CASE a.atttypid WHEN 21 THEN 32767 WHEN 23 THEN 2147483647 END AS size
                          FROM pg_catalog.pg_attribute a
                         WHERE a.attrelid = c.relation AND a.attnum = c.number) AS u
         ORDER BY sequence, u.size NULLS LAST) AS r
  JOIN pg_catalog.pg_class s ON s.oid = r.sequence AND s.relkind = 'S'
  JOIN pg_catalog.pg_sequence q ON q.seqrelid = s.oid
  JOIN pg_catalog.pg_namespace n ON n.oid = s.relnamespace,
       LATERAL (SELECT least(q.seqmax, r.size)::pg_catalog.numeric AS highest,
                       greatest(q.seqmin, -1 - r.size)::pg_catalog.numeric AS lowest,
                       CASE WHEN pg_catalog.has_sequence_privilege(s.oid, 'SELECT,USAGE')
                            THEN pg_catalog.pg_sequence_last_value(s.oid)::pg_catalog.numeric END AS last_value) AS room
 ORDER BY used DESC NULLS LAST, n.nspname, s.relname;
