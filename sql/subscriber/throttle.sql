-- The throttle of a job: what was asked for, and what the engine last said of it.
-- $1 the slot's name
SELECT asked::pg_catalog.text AS asked, in_force::pg_catalog.text AS in_force FROM scry_backfill.throttle WHERE slot = $1;
