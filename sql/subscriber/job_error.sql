-- Notes what the engine waits for: an error that passes by itself.
-- $1 slot, $2 error as JSON
UPDATE scry_backfill.job SET error = $2::jsonb WHERE slot = $1;
