-- A position of the source to which nothing was to be applied, in any lane.
-- $1 slot, $2 position, $3 the source's position
UPDATE scry_backfill.lane SET applied_lsn = $2::pg_lsn, source_lsn = $3::pg_lsn WHERE slot = $1;
