-- The list of configuration parameters (\dconfig). Up to PostgreSQL 14 parameters have no privileges.
-- $1 regular expression for the name, or null: those that are not at their defaults
SELECT s.name AS "Parameter", pg_catalog.current_setting(s.name) AS "Value", s.vartype AS "Type",
       s.context AS "Context", NULL::pg_catalog.text AS "Access privileges"
  FROM pg_catalog.pg_settings s
 WHERE CASE WHEN $1::pg_catalog.text IS NULL
            THEN s.source <> 'default' AND s.setting IS DISTINCT FROM s.boot_val
            ELSE pg_catalog.lower(s.name) OPERATOR(pg_catalog.~) $1 COLLATE pg_catalog.default END
 ORDER BY s.name
