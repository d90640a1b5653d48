-- The list of tablespaces (\db).
-- $1 regular expression for the name, or null: any
-- $2 true: with sizes
SELECT spcname AS "Name", pg_catalog.pg_get_userbyid(spcowner) AS "Owner",
       pg_catalog.pg_tablespace_location(oid) AS "Location",
       pg_catalog.array_to_string(spcacl, E'\n') AS "Access privileges", spcoptions AS "Options",
       CASE WHEN $2::pg_catalog.bool
            THEN pg_catalog.pg_size_pretty(pg_catalog.pg_tablespace_size(oid)) END AS "Size",
       pg_catalog.shobj_description(oid, 'pg_tablespace') AS "Description"
  FROM pg_catalog.pg_tablespace
 WHERE $1::pg_catalog.text IS NULL OR spcname OPERATOR(pg_catalog.~) $1 COLLATE pg_catalog.default
 ORDER BY spcname
