-- The tables that a publication sends, each with a fingerprint of how it came in: by its name or that of a partitioned table above
-- it, with which columns and rows, or (15 and later) by its schema. Partitions that are foreign or unlogged are listed by the
-- publication, and never sent. Taken out and put in again, a table has another fingerprint.
-- The state of a job whose shadow this database is goes along with no other job.
-- $1 the publication's name
WITH RECURSIVE sent(oid, schema, name, kind) AS (
    SELECT c.oid, n.nspname, c.relname, c.relkind
      FROM pg_catalog.pg_publication_tables t
      JOIN pg_catalog.pg_namespace n ON n.nspname = t.schemaname
      JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = t.tablename
       AND c.relkind IN ('r', 'p') AND c.relpersistence = 'p'
     WHERE t.pubname = $1::pg_catalog.name AND n.nspname <> 'scry_backfill'
), above(oid, ancestor) AS (
    SELECT s.oid, s.oid FROM sent s
    UNION
    SELECT a.oid, i.inhparent
      FROM above a
      JOIN pg_catalog.pg_class c ON c.oid = a.ancestor AND c.relispartition
      JOIN pg_catalog.pg_inherits i ON i.inhrelid = a.ancestor
-- pg_publication_namespace came with 15; what its rows depend on can be asked for everywhere.
), schemas(publication, namespace, member) AS (
    SELECT p.refobjid, n.refobjid, p.objid
      FROM pg_catalog.pg_depend p
      JOIN pg_catalog.pg_depend n ON n.classid = p.classid AND n.objid = p.objid
                                 AND n.refclassid = 'pg_catalog.pg_namespace'::pg_catalog.regclass
     WHERE p.refclassid = 'pg_catalog.pg_publication'::pg_catalog.regclass
       AND p.classid = pg_catalog.to_regclass('pg_catalog.pg_publication_namespace')
)
SELECT s.schema, s.name, s.oid, s.kind = 'p' AS is_partitioned,
       pg_catalog.md5(
           p.oid::pg_catalog.text || ' ' || s.oid::pg_catalog.text || ' '
           || coalesce((SELECT pg_catalog.string_agg(r.oid::pg_catalog.text || ' ' || pg_catalog.to_jsonb(r)::pg_catalog.text, ',' ORDER BY r.oid)
                          FROM above a JOIN pg_catalog.pg_publication_rel r ON r.prrelid = a.ancestor AND r.prpubid = p.oid
                         WHERE a.oid = s.oid), '')
           || coalesce((SELECT pg_catalog.string_agg(m.member::pg_catalog.text, ',' ORDER BY m.member)
                          FROM above a
                          JOIN pg_catalog.pg_class c ON c.oid = a.ancestor
                          JOIN schemas m ON m.namespace = c.relnamespace AND m.publication = p.oid
                         WHERE a.oid = s.oid), '')) AS fingerprint
  FROM sent s, pg_catalog.pg_publication p
 WHERE p.pubname = $1::pg_catalog.name
 ORDER BY s.schema, s.name;
