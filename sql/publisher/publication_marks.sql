-- The tables that a publication sends, each with a mark of how it came in: by its name or that of a partitioned table above
-- it, with which columns and rows, or by its schema. Taken out and put in again, a table has another mark. Needs PostgreSQL
-- 15.
-- $1 the publication's name
WITH RECURSIVE sent(oid, schema, name, kind) AS (
    SELECT c.oid, n.nspname, c.relname, c.relkind
      FROM pg_catalog.pg_publication_tables t
      JOIN pg_catalog.pg_namespace n ON n.nspname = t.schemaname
      JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = t.tablename
     WHERE t.pubname = $1::pg_catalog.name
), above(oid, ancestor) AS (
    SELECT s.oid, s.oid FROM sent s
    UNION
    SELECT a.oid, i.inhparent
      FROM above a
      JOIN pg_catalog.pg_class c ON c.oid = a.ancestor AND c.relispartition
      JOIN pg_catalog.pg_inherits i ON i.inhrelid = a.ancestor
)
SELECT s.schema, s.name, s.kind = 'p' AS is_partitioned,
       pg_catalog.md5(
           p.oid::pg_catalog.text || ' ' || s.oid::pg_catalog.text || ' '
           || coalesce((SELECT pg_catalog.string_agg(r.oid::pg_catalog.text || ' ' || pg_catalog.to_jsonb(r)::pg_catalog.text, ',' ORDER BY r.oid)
                          FROM above a JOIN pg_catalog.pg_publication_rel r ON r.prrelid = a.ancestor AND r.prpubid = p.oid
                         WHERE a.oid = s.oid), '')
           || coalesce((SELECT pg_catalog.string_agg(m.oid::pg_catalog.text, ',' ORDER BY m.oid)
                          FROM above a
                          JOIN pg_catalog.pg_class c ON c.oid = a.ancestor
                          JOIN pg_catalog.pg_publication_namespace m ON m.pnnspid = c.relnamespace AND m.pnpubid = p.oid
                         WHERE a.oid = s.oid), '')) AS mark
  FROM sent s, pg_catalog.pg_publication p
 WHERE p.pubname = $1::pg_catalog.name
 ORDER BY s.schema, s.name;
