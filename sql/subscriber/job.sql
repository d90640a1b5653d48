-- A job as it stands, and whether an engine holds its lock.
-- $1 the slot's name
SELECT j.slot, j.publication, j.mode, j.state, j.system_identifier, j.timeline, j.database, j.made_slot,
       j.made_publication, j.schema_stage, j.start_lsn, p.applied_lsn, p.commit_lsn,
       pg_catalog.date_part('epoch', pg_catalog.clock_timestamp() - p.commit_time) AS commit_age_seconds,
       p.source_lsn, j.request, j.engine_host, j.engine_pid,
       pg_catalog.to_char(j.engine_since AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS engine_since,
       j.error::pg_catalog.text AS error, j.first_copied IS NOT NULL AS is_copied,
       (SELECT l.pid FROM pg_catalog.pg_locks l
         WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 2
           AND l.database = (SELECT d.oid FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database())
           AND l.classid = 1935897209 AND l.objid::pg_catalog.int8 = pg_catalog.hashtext(j.slot)::pg_catalog.int8 & 4294967295
         LIMIT 1) AS lock_pid
  FROM scry_backfill.job j
  LEFT JOIN LATERAL (SELECT l.applied_lsn, l.commit_lsn, l.commit_time, l.source_lsn FROM scry_backfill.lane l
                      WHERE l.slot = j.slot ORDER BY l.applied_lsn LIMIT 1) p ON true
 WHERE j.slot = $1;
