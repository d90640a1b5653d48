-- Notes where the slot's stream begins.
-- $1 slot, $2 position
WITH started AS (UPDATE scry_backfill.job SET start_lsn = $2::pg_lsn WHERE slot = $1 RETURNING slot)
INSERT INTO scry_backfill.lane (slot, lane, applied_lsn) SELECT slot, 0, $2::pg_lsn FROM started
    ON CONFLICT (slot, lane) DO UPDATE SET applied_lsn = excluded.applied_lsn;
