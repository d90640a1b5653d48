-- Notes where the slot's stream begins.
-- $1 slot, $2 position
UPDATE scry_backfill.job SET start_lsn = $2::pg_lsn, applied_lsn = $2::pg_lsn WHERE slot = $1;
