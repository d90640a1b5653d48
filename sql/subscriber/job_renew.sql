-- The job begins anew, without the slot that it had; what its tables hold stays until they are copied. What it follows is
-- not of a start any more that could be taken back.
-- $1 slot
WITH gone AS (DELETE FROM scry_backfill.lane WHERE slot = $1)
UPDATE scry_backfill.job
   SET state = 'stopped', error = NULL, start_lsn = NULL, first_copied = NULL, made_slot = false, made_publication = false
 WHERE slot = $1;
