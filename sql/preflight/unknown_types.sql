-- Which of these types of PostgreSQL itself this server does not have.
-- $1 the types' names, as an array
SELECT w.name
  FROM pg_catalog.unnest($1::pg_catalog.name[]) AS w(name)
 WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_type t
                    WHERE t.typname = w.name AND t.typnamespace = 'pg_catalog'::pg_catalog.regnamespace)
 ORDER BY w.name;
