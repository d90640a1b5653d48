-- Forgets a job and its tables; what the tables hold stays.
-- $1 the slot's name
DELETE FROM scry_backfill.job WHERE slot = $1;
