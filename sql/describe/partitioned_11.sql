-- The list of partitioned tables and indexes (\dP), up to PostgreSQL 11.
-- $1 regular expression for the schema, or null: any
-- $2 regular expression for the name, or null: any
-- $3 true: only those that the search path shows unqualified
-- $4 true: none of the system's
-- $5 the kinds (pg_class.relkind) to list, an array
-- $6 true: those too that are themselves a part
-- $7 true: with sizes
-- $8 true: sorted by kind within a schema
-- $9 true: sorted by parent before the name
SELECT n.nspname AS "Schema", c.relname AS "Name", pg_catalog.pg_get_userbyid(c.relowner) AS "Owner",
       k.kind AS "Type", h.inhparent::pg_catalog.regclass AS "Parent name", i.indrelid::pg_catalog.regclass AS "Table",
       s.leaves AS "Leaf partition size", s.total AS "Total size",
       pg_catalog.obj_description(c.oid, 'pg_class') AS "Description"
  FROM pg_catalog.pg_class c
  LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  LEFT JOIN pg_catalog.pg_index i ON i.indexrelid = c.oid
  LEFT JOIN pg_catalog.pg_inherits h ON h.inhrelid = c.oid
 CROSS JOIN LATERAL (SELECT CASE c.relkind WHEN 'p' THEN 'partitioned table' WHEN 'I' THEN 'partitioned index' END) AS k(kind)
  LEFT JOIN LATERAL (
       WITH RECURSIVE part(oid, level) AS (
           SELECT inhrelid, 1 FROM pg_catalog.pg_inherits WHERE inhparent = c.oid
            UNION ALL
           SELECT b.inhrelid, part.level + 1 FROM pg_catalog.pg_inherits b JOIN part ON b.inhparent = part.oid)
       SELECT pg_catalog.pg_size_pretty(sum(CASE WHEN level = 1 THEN pg_catalog.pg_table_size(oid) ELSE 0 END)),
              pg_catalog.pg_size_pretty(sum(pg_catalog.pg_table_size(oid)))
         FROM part
        WHERE $7::pg_catalog.bool) AS s(leaves, total) ON true
 WHERE c.relkind::pg_catalog.text = ANY ($5::pg_catalog.text[])
   AND ($6::pg_catalog.bool OR NOT c.relispartition)
   AND ($1::pg_catalog.text IS NULL OR n.nspname OPERATOR(pg_catalog.~) $1 COLLATE pg_catalog.default)
   AND ($2::pg_catalog.text IS NULL OR c.relname OPERATOR(pg_catalog.~) $2 COLLATE pg_catalog.default)
   AND (NOT $3::pg_catalog.bool OR pg_catalog.pg_table_is_visible(c.oid))
   AND (NOT $4::pg_catalog.bool
        OR n.nspname <> 'pg_catalog' AND n.nspname !~ '^pg_toast' AND n.nspname <> 'information_schema')
 ORDER BY n.nspname, CASE WHEN $8::pg_catalog.bool THEN k.kind END DESC,
          CASE WHEN $9::pg_catalog.bool THEN h.inhparent END NULLS FIRST, c.relname
