-- Asks the engine for something, and wakes it.
-- $1 slot, $2 request
WITH asked AS (UPDATE scry_backfill.job SET request = $2 WHERE slot = $1 RETURNING slot)
SELECT pg_catalog.pg_notify('scry_backfill', slot) FROM asked;
