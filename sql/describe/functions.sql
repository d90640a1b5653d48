-- The list of functions (\df). PostgreSQL 14 and later.
-- $1 regular expression for the schema, or null: any
-- $2 regular expression for the name, or null: any
-- $3 true: only those that the search path shows unqualified
-- $4 true: none of the system's
-- $5 the kinds to list, letters: a aggregates, n plain functions, p procedures, t trigger functions, w window functions
SELECT n.nspname AS "Schema", p.proname AS "Name", pg_catalog.pg_get_function_result(p.oid) AS "Result data type",
       pg_catalog.pg_get_function_arguments(p.oid) AS "Argument data types",
       CASE p.prokind WHEN 'a' THEN 'agg' WHEN 'w' THEN 'window' WHEN 'p' THEN 'proc' ELSE 'func' END AS "Type",
       CASE p.provolatile WHEN 'i' THEN 'immutable' WHEN 's' THEN 'stable' WHEN 'v' THEN 'volatile' END AS "Volatility",
       CASE p.proparallel WHEN 'r' THEN 'restricted' WHEN 's' THEN 'safe' WHEN 'u' THEN 'unsafe' END AS "Parallel",
       pg_catalog.pg_get_userbyid(p.proowner) AS "Owner",
       CASE WHEN p.prosecdef THEN 'definer' ELSE 'invoker' END AS "Security",
       pg_catalog.array_to_string(p.proacl, E'\n') AS "Access privileges", l.lanname AS "Language",
       coalesce(pg_catalog.pg_get_function_sqlbody(p.oid), p.prosrc) AS "Source code",
       pg_catalog.obj_description(p.oid, 'pg_proc') AS "Description"
  FROM pg_catalog.pg_proc p
  LEFT JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
  LEFT JOIN pg_catalog.pg_language l ON l.oid = p.prolang
 WHERE CASE WHEN $5::pg_catalog.text ~ 'n'
            THEN ($5 ~ 'a' OR p.prokind <> 'a') AND ($5 ~ 'p' OR p.prokind <> 'p') AND ($5 ~ 'w' OR p.prokind <> 'w')
                 AND ($5 ~ 't' OR p.prorettype <> 'pg_catalog.trigger'::pg_catalog.regtype)
            ELSE $5 ~ 'a' AND p.prokind = 'a' OR $5 ~ 'p' AND p.prokind = 'p' OR $5 ~ 'w' AND p.prokind = 'w'
                 OR $5 ~ 't' AND p.prorettype = 'pg_catalog.trigger'::pg_catalog.regtype END
   AND ($1::pg_catalog.text IS NULL OR n.nspname OPERATOR(pg_catalog.~) $1 COLLATE pg_catalog.default)
   AND ($2::pg_catalog.text IS NULL OR p.proname OPERATOR(pg_catalog.~) $2 COLLATE pg_catalog.default)
   AND (NOT $3::pg_catalog.bool OR pg_catalog.pg_function_is_visible(p.oid))
   AND (NOT $4::pg_catalog.bool OR n.nspname NOT IN ('pg_catalog', 'information_schema'))
 ORDER BY n.nspname, p.proname, pg_catalog.pg_get_function_arguments(p.oid)
