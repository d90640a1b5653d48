-- A snapshot for other sessions, and the WAL position before which all it shows was committed at the latest. On a
-- standby the position is that of the replay.
SELECT pg_catalog.pg_export_snapshot() AS name,
       CASE WHEN pg_catalog.pg_is_in_recovery() THEN pg_catalog.pg_last_wal_replay_lsn()
            ELSE pg_catalog.pg_current_wal_insert_lsn() END AS position;
