-- How busy sessions other than this program's keep the server. Without pg_read_all_stats (a part of pg_monitor) the
-- sessions of other roles hide their state, and standbys their positions: active and replica_lag are null then. Logical
-- walsenders are no standbys, nor is one that reports no replay (pg_receivewal).
SELECT pg_catalog.date_part('epoch', pg_catalog.clock_timestamp())::pg_catalog.float8 AS taken,
       CASE WHEN sees.all_sessions THEN
           (SELECT count(*) FROM pg_catalog.pg_stat_activity a
             WHERE a.state = 'active' AND a.backend_type = 'client backend' AND a.application_name NOT LIKE 'scry-backfill %'
               AND a.pid <> pg_catalog.pg_backend_pid()) END AS active,
       (SELECT sum(d.xact_commit + d.xact_rollback)::pg_catalog.int8 FROM pg_catalog.pg_stat_database d) AS transactions,
       CASE WHEN sees.all_sessions THEN
           (SELECT max(pg_catalog.pg_wal_lsn_diff(wal.lsn, r.replay_lsn))::pg_catalog.int8
              FROM pg_catalog.pg_stat_replication r
             WHERE r.state IN ('catchup', 'streaming')
               AND NOT EXISTS (SELECT FROM pg_catalog.pg_replication_slots s
                                WHERE s.active_pid = r.pid AND s.slot_type = 'logical')) END AS replica_lag,
       sees.all_sessions
  FROM (SELECT pg_catalog.pg_has_role('pg_read_all_stats', 'USAGE') AS all_sessions) AS sees,
       (SELECT CASE WHEN pg_catalog.pg_is_in_recovery() THEN pg_catalog.pg_last_wal_replay_lsn()
                    ELSE pg_catalog.pg_current_wal_lsn() END AS lsn) AS wal;
