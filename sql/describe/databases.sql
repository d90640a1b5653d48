-- The list of databases (\l).
-- $1 regular expression for the name, or null: any
-- $2 true: with sizes, tablespaces and comments
SELECT d.datname AS "Name", pg_catalog.pg_get_userbyid(d.datdba) AS "Owner",
       pg_catalog.pg_encoding_to_char(d.encoding) AS "Encoding", d.datcollate AS "Collate", d.datctype AS "Ctype",
       coalesce(pg_catalog.to_jsonb(d) ->> 'daticulocale', pg_catalog.to_jsonb(d) ->> 'datlocale') AS "ICU Locale",
       CASE coalesce(pg_catalog.to_jsonb(d) ->> 'datlocprovider', 'c')
            WHEN 'c' THEN 'libc' WHEN 'i' THEN 'icu' WHEN 'b' THEN 'builtin' END AS "Locale Provider",
       pg_catalog.array_to_string(d.datacl, E'\n') AS "Access privileges",
       CASE WHEN NOT $2::pg_catalog.bool THEN NULL
            WHEN pg_catalog.has_database_privilege(d.datname, 'CONNECT')
            THEN pg_catalog.pg_size_pretty(pg_catalog.pg_database_size(d.datname)) ELSE 'No Access' END AS "Size",
       t.spcname AS "Tablespace", pg_catalog.shobj_description(d.oid, 'pg_database') AS "Description"
  FROM pg_catalog.pg_database d
  JOIN pg_catalog.pg_tablespace t ON t.oid = d.dattablespace
 WHERE $1::pg_catalog.text IS NULL OR d.datname OPERATOR(pg_catalog.~) $1 COLLATE pg_catalog.default
 ORDER BY d.datname
