-- Forgets something that is as on the source again.
-- $1 slot, $2 type and $3 identity of the object, $4 aspect
DELETE FROM scry_backfill.set_aside WHERE slot = $1 AND object_type = $2 AND identity = $3 AND aspect = $4;
