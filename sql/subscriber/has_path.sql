-- Whether this database has a search_path of its own, and what the database is called.
SELECT pg_catalog.current_database() AS database,
       EXISTS (SELECT FROM pg_catalog.pg_db_role_setting s, pg_catalog.unnest(s.setconfig) AS c(setting)
                WHERE s.setrole = 0 AND c.setting LIKE 'search\_path=%'
                  AND s.setdatabase = (SELECT d.oid FROM pg_catalog.pg_database d
                                        WHERE d.datname = pg_catalog.current_database())) AS has_path;
