-- The search_path that a session of this database gets unless its role has one of its own: functions that indexes and
-- constraints call may rely on it. The path that this session was started with does not count.
SELECT coalesce(own.path, (SELECT s.boot_val FROM pg_catalog.pg_settings s WHERE s.name = 'search_path')) AS path,
       own.path IS NOT NULL AS is_of_database
  FROM (SELECT (SELECT pg_catalog.substr(c.setting, pg_catalog.length('search_path=') + 1)
                  FROM pg_catalog.pg_db_role_setting s, pg_catalog.unnest(s.setconfig) AS c(setting)
                 WHERE s.setrole = 0 AND c.setting LIKE 'search\_path=%'
                   AND s.setdatabase = (SELECT d.oid FROM pg_catalog.pg_database d
                                         WHERE d.datname = pg_catalog.current_database())) AS path) AS own;
