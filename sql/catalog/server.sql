-- Which server and database this is. The system identifier is shared with every physical copy of the cluster; together
-- with the time of the start it is this server's alone. The timeline is the current one on a primary; on a standby
-- that of its last checkpoint.
SELECT control.system_identifier,
       pg_catalog.date_part('epoch', pg_catalog.pg_postmaster_start_time())::pg_catalog.text AS started,
       CASE WHEN pg_catalog.pg_is_in_recovery() THEN (pg_catalog.pg_control_checkpoint()).timeline_id
            ELSE ('x' || pg_catalog.substr(pg_catalog.pg_walfile_name(pg_catalog.pg_current_wal_lsn()), 1, 8))
                 ::pg_catalog.bit(32)::pg_catalog.int4 END AS timeline,
       pg_catalog.pg_is_in_recovery() AS in_recovery,
       pg_catalog.current_setting('transaction_read_only')::pg_catalog.bool AS read_only,
       d.oid AS database_oid, d.datname AS database, pg_catalog.pg_encoding_to_char(d.encoding) AS encoding
  FROM pg_catalog.pg_control_system() AS control, pg_catalog.pg_database d
 WHERE d.datname = pg_catalog.current_database();
