-- By which rules this database orders text, on servers up to 14: they keep no version of the rules for a database. actual is
-- that of a collation of the same locale, which the server reports from 13 on.
SELECT d.datname AS database, 'c' AS provider, d.datcollate AS locale, NULL AS version,
       (SELECT pg_catalog.pg_collation_actual_version(c.oid)
          FROM pg_catalog.pg_collation c
         WHERE c.collprovider = 'c' AND c.collcollate = d.datcollate
         ORDER BY c.oid LIMIT 1) AS actual
  FROM pg_catalog.pg_database d
 WHERE d.datname = pg_catalog.current_database();
