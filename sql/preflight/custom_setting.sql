-- The value of a setting that the server may not know: null then.
-- $1 its name
SELECT pg_catalog.current_setting($1, true) AS value;
