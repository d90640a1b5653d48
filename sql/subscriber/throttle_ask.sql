-- Asks for other limits, and wakes the engine.
-- $1 slot, $2 settings as JSON; null: those of the configuration
WITH asked AS (
    INSERT INTO scry_backfill.throttle (slot, asked)
    SELECT j.slot, $2::jsonb FROM scry_backfill.job j WHERE j.slot = $1
    ON CONFLICT (slot) DO UPDATE SET asked = excluded.asked
    RETURNING slot)
SELECT pg_catalog.pg_notify('scry_backfill', slot) FROM asked;
