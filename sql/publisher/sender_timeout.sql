-- After how many milliseconds of silence the source ends a walsender; 0 never.
SELECT s.setting AS milliseconds FROM pg_catalog.pg_settings s WHERE s.name = 'wal_sender_timeout';
