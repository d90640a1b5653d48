-- The extensions of a list that this server has: installed in this database, or there to be installed.
-- $1 the extensions' names, as an array
-- may_create: this role may CREATE EXTENSION: a superuser, or CREATE on the database where the extension is trusted (13 and
-- later).
WITH available AS (
    SELECT v.name, v.version, coalesce((pg_catalog.to_jsonb(v) ->> 'trusted')::pg_catalog.bool, false) AS trusted
      FROM pg_catalog.pg_available_extension_versions() AS v
)
SELECT w.name, e.extversion AS installed, n.nspname AS schema,
       ARRAY(SELECT v.version FROM available v WHERE v.name = w.name ORDER BY v.version)::pg_catalog.text[] AS available,
       pg_catalog.current_setting('is_superuser') = 'on'
       OR pg_catalog.has_database_privilege(pg_catalog.current_database(), 'CREATE')
          AND EXISTS (SELECT FROM available v WHERE v.name = w.name AND v.trusted) AS may_create
  FROM pg_catalog.unnest($1::pg_catalog.name[]) AS w(name)
  LEFT JOIN pg_catalog.pg_extension e ON e.extname = w.name
  LEFT JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace
 ORDER BY w.name;
