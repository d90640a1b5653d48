-- Every setting that this session's role may see, with the value that it has outside SET, and whether a changed value
-- waits for a restart.
SELECT name, concat_ws(' ', reset_val, unit) AS value, pending_restart
  FROM pg_catalog.pg_settings
 ORDER BY name;
