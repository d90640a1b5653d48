-- Sequences with their definitions and what uses them: one row for each use of a sequence by a table of the list (owned by a
-- column, of an identity column, called by a column's default), and one without use for each that is named itself. A default
-- may call a sequence by its text alone, of which the server keeps no dependency.
-- $1 schemas and $2 names of the tables, $3 schemas and $4 names of sequences; arrays
-- place: orders the sequences of one use
WITH wanted AS (
    SELECT c.oid, n.nspname AS schema, c.relname AS name
      FROM ROWS FROM (pg_catalog.unnest($1::pg_catalog.text[]), pg_catalog.unnest($2::pg_catalog.text[])) AS w(schema, name)
      JOIN pg_catalog.pg_namespace n ON n.nspname = w.schema
      JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = w.name AND c.relkind IN ('r', 'p')
), defaults AS (
    SELECT w.oid AS table_oid, f.oid, f.adnum, pg_catalog.pg_get_expr(f.adbin, f.adrelid) AS expression
      FROM wanted w JOIN pg_catalog.pg_attrdef f ON f.adrelid = w.oid
), used AS (
    SELECT d.objid AS oid, w.oid AS table_oid, d.refobjsubid AS number,
           CASE d.deptype WHEN 'i' THEN 'identity' ELSE 'owned' END AS use, d.objid::pg_catalog.int8 AS place
      FROM wanted w
      JOIN pg_catalog.pg_depend d ON d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.refobjid = w.oid
                                 AND d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
                                 AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i')
    UNION ALL
    SELECT d.refobjid, f.table_oid, f.adnum, 'default',
           pg_catalog.strpos(f.expression, pg_catalog.quote_literal(d.refobjid::pg_catalog.regclass::pg_catalog.text))
      FROM defaults f
      JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_attrdef'::pg_catalog.regclass AND d.objid = f.oid
                                 AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
    UNION ALL
    SELECT pg_catalog.to_regclass(pg_catalog.replace(m.parts[1], '''''', ''''))::pg_catalog.oid, f.table_oid, f.adnum,
           'default', pg_catalog.strpos(f.expression, m.parts[1])
      FROM defaults f
      CROSS JOIN LATERAL pg_catalog.regexp_matches(
            f.expression, 'nextval\(\(+''((?:[^'']|'''')+)''::(?:text|character varying)', 'g') AS m(parts)
    UNION ALL
    SELECT c.oid, NULL, NULL, NULL, NULL
      FROM ROWS FROM (pg_catalog.unnest($3::pg_catalog.text[]), pg_catalog.unnest($4::pg_catalog.text[])) AS w(schema, name)
      JOIN pg_catalog.pg_namespace n ON n.nspname = w.schema
      JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = w.name
)
SELECT s.oid, n.nspname AS schema, s.relname AS name, pg_catalog.format_type(q.seqtypid, NULL) AS type,
       q.seqstart AS start, q.seqincrement AS increment, q.seqmin AS minimum, q.seqmax AS maximum, q.seqcache AS cache,
       q.seqcycle AS cycles, w.schema AS table_schema, w.name AS table_name, a.attname AS column_name, u.use,
       pg_catalog.min(u.place) AS place
  FROM used u
  JOIN pg_catalog.pg_class s ON s.oid = u.oid AND s.relkind = 'S'
  JOIN pg_catalog.pg_sequence q ON q.seqrelid = s.oid
  JOIN pg_catalog.pg_namespace n ON n.oid = s.relnamespace
  LEFT JOIN wanted w ON w.oid = u.table_oid
  LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = u.table_oid AND a.attnum = u.number
 GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14
 ORDER BY n.nspname, s.relname, w.schema, w.name, a.attname, u.use;
