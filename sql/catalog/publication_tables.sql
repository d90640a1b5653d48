-- The tables that publications send, however they came in: named, by their schema, through a partitioned table. Partitions that
-- are foreign or unlogged are listed by a publication, and never sent.
-- $1 the publications' names, as an array
-- columns is null where all are sent, before 15 always; row_filter likewise.
SELECT t.pubname AS publication, c.oid, t.schemaname AS schema, t.tablename AS name, c.relkind AS kind,
       CASE WHEN EXISTS (SELECT FROM pg_catalog.pg_attribute a
                          WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
                            AND coalesce(pg_catalog.to_jsonb(a) ->> 'attgenerated', '') = ''
                            AND NOT row.of -> 'attnames' ? a.attname::pg_catalog.text)
            THEN ARRAY(SELECT pg_catalog.jsonb_array_elements_text(row.of -> 'attnames')) END AS columns,
       row.of ->> 'rowfilter' AS row_filter
  FROM pg_catalog.pg_publication_tables t
  JOIN pg_catalog.pg_namespace n ON n.nspname = t.schemaname
  JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = t.tablename,
       LATERAL (SELECT pg_catalog.to_jsonb(t) AS of) AS row
 WHERE t.pubname = ANY ($1::pg_catalog.name[]) AND c.relkind IN ('r', 'p') AND c.relpersistence = 'p'
 ORDER BY t.pubname, t.schemaname, t.tablename;
