-- By which rules this database orders text. version is that of the rules when the database was made (15 and later), actual
-- that of the rules as the operating system or ICU has them now. Provider: c (libc), i (ICU), b (builtin).
SELECT d.datname AS database, coalesce(row.of ->> 'datlocprovider', 'c') AS provider,
       coalesce(row.of ->> 'datlocale', row.of ->> 'daticulocale', d.datcollate) AS locale, d.datctype AS character_type,
       row.of ->> 'datcollversion' AS version,
       -- 100 is the default collation, for which 15 and later look at the database.
       coalesce(pg_catalog.pg_collation_actual_version(100),
                (SELECT pg_catalog.pg_collation_actual_version(c.oid)
                   FROM pg_catalog.pg_collation c
                  WHERE c.collprovider = 'c' AND c.collcollate = d.datcollate
                  ORDER BY c.oid LIMIT 1)) AS actual
  FROM pg_catalog.pg_database d,
       LATERAL (SELECT pg_catalog.to_jsonb(d) AS of) AS row
 WHERE d.datname = pg_catalog.current_database();
