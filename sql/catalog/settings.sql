-- Settings by name; those that the server does not know are left out.
-- $1 the names, as an array
SELECT name, setting, unit, context, source, pending_restart
  FROM pg_catalog.pg_settings
 WHERE name = ANY ($1::pg_catalog.text[])
 ORDER BY name;
