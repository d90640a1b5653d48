-- The tables that publications name themselves (ALTER PUBLICATION ... ADD TABLE), with their column lists and row filters.
-- Needs PostgreSQL 15.
-- $1 the publications' names, as an array
-- filter_columns: the columns that the row filter reads, as far as the catalog lists them apart from the column list's
-- own.
SELECT p.pubname AS publication, c.oid, n.nspname AS schema, c.relname AS name, c.relkind AS kind,
       CASE WHEN r.prattrs IS NOT NULL
            THEN ARRAY(SELECT a.attname
                         FROM pg_catalog.unnest(r.prattrs::pg_catalog.int2[]) WITH ORDINALITY AS listed (number, place)
                         JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = listed.number
                        ORDER BY listed.place)::pg_catalog.text[] END AS columns,
       pg_catalog.pg_get_expr(r.prqual, c.oid) AS row_filter,
       ARRAY(SELECT DISTINCT a.attname
               FROM pg_catalog.pg_depend d
               JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.refobjsubid
              WHERE r.prqual IS NOT NULL
                AND d.classid = 'pg_catalog.pg_publication_rel'::pg_catalog.regclass AND d.objid = r.oid
                AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.refobjid = c.oid
                AND d.refobjsubid > 0
                AND (r.prattrs IS NULL OR d.refobjsubid <> ALL (r.prattrs::pg_catalog.int2[]))
            )::pg_catalog.text[] AS filter_columns
  FROM pg_catalog.pg_publication_rel r
  JOIN pg_catalog.pg_publication p ON p.oid = r.prpubid
  JOIN pg_catalog.pg_class c ON c.oid = r.prrelid
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 WHERE p.pubname = ANY ($1::pg_catalog.name[])
 ORDER BY p.pubname, n.nspname, c.relname;
