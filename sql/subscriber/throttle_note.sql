-- Notes how the throttle stands.
-- $1 slot, $2 status as JSON
INSERT INTO scry_backfill.throttle (slot, in_force)
SELECT j.slot, $2::jsonb FROM scry_backfill.job j WHERE j.slot = $1
ON CONFLICT (slot) DO UPDATE SET in_force = excluded.in_force;
