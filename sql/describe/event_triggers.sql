-- The list of event triggers (\dy).
-- $1 regular expression for the name, or null: any
SELECT evtname AS "Name", evtevent AS "Event", pg_catalog.pg_get_userbyid(evtowner) AS "Owner",
       CASE evtenabled WHEN 'O' THEN 'enabled' WHEN 'R' THEN 'replica' WHEN 'A' THEN 'always' WHEN 'D' THEN 'disabled'
       END AS "Enabled",
       evtfoid::pg_catalog.regproc AS "Function", pg_catalog.array_to_string(evttags, ', ') AS "Tags",
       pg_catalog.obj_description(oid, 'pg_event_trigger') AS "Description"
  FROM pg_catalog.pg_event_trigger
 WHERE $1::pg_catalog.text IS NULL OR evtname OPERATOR(pg_catalog.~) $1 COLLATE pg_catalog.default
 ORDER BY evtname
