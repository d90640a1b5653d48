-- Whether pg_hba.conf has been written since the server last read its configuration. Needs the privilege to run
-- pg_stat_file and to see hba_file. Files that it includes are not examined.
SELECT f.modification > pg_catalog.pg_conf_load_time() AS changed
  FROM pg_catalog.pg_stat_file(pg_catalog.current_setting('hba_file')) AS f;
