-- By which rules this database orders text (15 and later). version is that of the rules when the database was made, actual
-- that of the rules as the operating system or ICU has them now. Provider: c (libc), i (ICU), b (builtin).
SELECT d.datname AS database, d.datlocprovider AS provider,
       coalesce(row.of ->> 'datlocale', row.of ->> 'daticulocale', d.datcollate) AS locale,
       d.datcollversion AS version, pg_catalog.pg_database_collation_actual_version(d.oid) AS actual
  FROM pg_catalog.pg_database d,
       LATERAL (SELECT pg_catalog.to_jsonb(d) AS of) AS row
 WHERE d.datname = pg_catalog.current_database();
