-- The tables whose row security binds the role of this session, their owner, since it is forced: the statement that
-- releases the role, and the one that binds it again.
-- $1 schemas, $2 names
SELECT i.type, i.identity, 'not forced' AS aspect, n.nspname AS schema, c.relname AS name,
       pg_catalog.format('ALTER TABLE %I.%I NO FORCE ROW LEVEL SECURITY', n.nspname, c.relname) AS set_aside,
       ARRAY[pg_catalog.format('ALTER TABLE %I.%I FORCE ROW LEVEL SECURITY', n.nspname, c.relname)] AS put_back
  FROM unnest($1::pg_catalog.text[], $2::pg_catalog.text[]) AS t(schema, name)
  JOIN pg_catalog.pg_namespace n ON n.nspname = t.schema
  JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = t.name
   AND c.relforcerowsecurity AND pg_catalog.row_security_active(c.oid) AND pg_catalog.pg_has_role(c.relowner, 'USAGE'),
       LATERAL pg_catalog.pg_identify_object('pg_catalog.pg_class'::pg_catalog.regclass, c.oid, 0) AS i
 ORDER BY n.nspname, c.relname;
