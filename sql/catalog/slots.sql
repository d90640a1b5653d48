-- The replication slots of the server, with the WAL that each retains and who uses it.
-- $1 regular expression for the name, or null: any
-- Columns that came with later versions (wal_status in 13) are read through the row's JSON, so that one statement
-- serves 10 to 18. Bytes count from the end of WAL to restart_lsn (retained) and confirmed_flush_lsn (lag).
SELECT s.slot_name AS name, s.plugin, s.slot_type AS type, s.database, s.temporary, s.active, s.active_pid,
       s.restart_lsn, s.confirmed_flush_lsn,
       row.of ->> 'wal_status' AS wal_status,
       (row.of ->> 'safe_wal_size')::pg_catalog.int8 AS safe_wal_size,
       coalesce((row.of ->> 'two_phase')::pg_catalog.bool, false) AS two_phase,
       row.of ->> 'invalidation_reason' AS invalidation_reason,
       pg_catalog.pg_wal_lsn_diff(greatest(wal.lsn, s.restart_lsn), s.restart_lsn)::pg_catalog.int8 AS retained_bytes,
       pg_catalog.pg_wal_lsn_diff(greatest(wal.lsn, s.confirmed_flush_lsn), s.confirmed_flush_lsn)::pg_catalog.int8 AS lag_bytes,
       a.usename AS holder_user, a.application_name AS holder_application,
       coalesce(a.client_addr::pg_catalog.text, a.client_hostname) AS holder_address
  FROM pg_catalog.pg_replication_slots s
  LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = s.active_pid,
       LATERAL (SELECT pg_catalog.to_jsonb(s) AS of) AS row,
       (SELECT CASE WHEN pg_catalog.pg_is_in_recovery() THEN pg_catalog.pg_last_wal_replay_lsn()
                    ELSE pg_catalog.pg_current_wal_lsn() END AS lsn) AS wal
 WHERE $1::pg_catalog.text IS NULL OR s.slot_name OPERATOR(pg_catalog.~) $1
 ORDER BY s.slot_name;
