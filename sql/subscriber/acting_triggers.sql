-- The objects that would act on rows that a session writes into tables without session_replication_role = replica:
-- enabled triggers and rules, and foreign keys in either direction.
-- $1 schemas, $2 names
SELECT n.nspname AS schema, c.relname AS name, a.name AS trigger
  FROM unnest($1::pg_catalog.text[], $2::pg_catalog.text[]) AS t(schema, name)
  JOIN pg_catalog.pg_namespace n ON n.nspname = t.schema
  JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = t.name AND c.relkind IN ('r', 'p'),
       LATERAL (SELECT g.tgname AS name FROM pg_catalog.pg_trigger g
                 WHERE g.tgrelid = c.oid AND NOT g.tgisinternal AND g.tgenabled IN ('O', 'A')
                 UNION ALL
                SELECT r.rulename FROM pg_catalog.pg_rewrite r
                 WHERE r.ev_class = c.oid AND r.ev_type <> '1' AND r.ev_enabled IN ('O', 'A')
                 UNION
                SELECT k.conname FROM pg_catalog.pg_constraint k
                 WHERE k.contype = 'f' AND c.oid IN (k.conrelid, k.confrelid)) AS a
 ORDER BY n.nspname, c.relname, a.name;
