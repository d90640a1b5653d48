-- When this session's process last read the configuration, and whether it may see what the files hold.
SELECT pg_catalog.pg_conf_load_time()::pg_catalog.text AS loaded,
       pg_catalog.has_function_privilege('pg_catalog.pg_show_all_file_settings()', 'EXECUTE') AS may_read_lines,
       pg_catalog.has_function_privilege('pg_catalog.pg_hba_file_rules()', 'EXECUTE') AS may_read_rules;
