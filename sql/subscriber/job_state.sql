-- $1 slot, $2 state, $3 error as JSON or null
UPDATE scry_backfill.job SET state = $2, error = $3::jsonb WHERE slot = $1;
