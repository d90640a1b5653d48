-- The triggers and rules of tables, and of those that inherit from them, that would act on rows that the job writes:
-- the statement that disables each, and the one that enables it again. The source has already done the work of each.
-- $1 schemas, $2 names, $3 whether the job's sessions are replicas (session_replication_role)
WITH RECURSIVE written(oid) AS (
    SELECT c.oid
      FROM unnest($1::pg_catalog.text[], $2::pg_catalog.text[]) AS t(schema, name)
      JOIN pg_catalog.pg_namespace n ON n.nspname = t.schema
      JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = t.name AND c.relkind IN ('r', 'p')
    UNION
    SELECT h.inhrelid FROM written w JOIN pg_catalog.pg_inherits h ON h.inhparent = w.oid
), acting(classid, objid, relid, word, name, enabled) AS (
    SELECT 'pg_catalog.pg_trigger'::pg_catalog.regclass::pg_catalog.oid, g.oid, g.tgrelid, 'TRIGGER', g.tgname, g.tgenabled
      FROM pg_catalog.pg_trigger g
     WHERE NOT g.tgisinternal
     UNION ALL
    SELECT 'pg_catalog.pg_rewrite'::pg_catalog.regclass, r.oid, r.ev_class, 'RULE', r.rulename, r.ev_enabled
      FROM pg_catalog.pg_rewrite r
     WHERE r.ev_type <> '1'
)
SELECT i.type, i.identity, 'disabled' AS aspect, n.nspname AS schema, c.relname AS name,
       pg_catalog.format('ALTER TABLE ONLY %I.%I DISABLE %s %I', n.nspname, c.relname, a.word, a.name) AS set_aside,
       ARRAY[pg_catalog.format('ALTER TABLE ONLY %I.%I ENABLE %s%s %I', n.nspname, c.relname,
                               CASE a.enabled WHEN 'A' THEN 'ALWAYS ' WHEN 'R' THEN 'REPLICA ' ELSE '' END,
                               a.word, a.name)] AS put_back
  FROM written w
  JOIN pg_catalog.pg_class c ON c.oid = w.oid
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  JOIN acting a ON a.relid = c.oid
   AND a.enabled = ANY (CASE WHEN $3::pg_catalog.bool THEN '{A,R}' ELSE '{O,A}' END::pg_catalog.text[]),
       LATERAL pg_catalog.pg_identify_object(a.classid, a.objid, 0) AS i
 ORDER BY n.nspname, c.relname, a.word, a.name;
