-- The lines of the configuration files that count, as they are now. Needs EXECUTE on pg_show_all_file_settings(), which
-- only superusers have by default.
-- error: why the server cannot use the line; "setting could not be applied" also where it waits for a restart.
SELECT s.sourcefile AS file, s.sourceline AS line, s.name, s.setting AS value, s.applied, s.error
  FROM pg_catalog.pg_show_all_file_settings() AS s
 ORDER BY s.seqno;
