-- The server's WAL as a whole. taken: seconds since 1970 by the server's clock; may_list: whether the role may see the
-- files (pg_monitor may); started: when the server was started, in whole seconds, as postmaster.pid has it.
SELECT pg_catalog.date_part('epoch', pg_catalog.clock_timestamp())::pg_catalog.float8 AS taken,
       CASE WHEN pg_catalog.pg_is_in_recovery() THEN pg_catalog.pg_last_wal_replay_lsn()
            ELSE pg_catalog.pg_current_wal_lsn() END AS position,
       pg_catalog.has_function_privilege('pg_catalog.pg_ls_waldir()', 'EXECUTE') AS may_list,
       pg_catalog.date_part('epoch', pg_catalog.pg_postmaster_start_time())::pg_catalog.int8 AS started;
