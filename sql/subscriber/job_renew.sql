-- The job begins anew, without the slot that it had; the rows of its tables stay until they are copied. The slot and
-- publication that it follows no longer belong to a start that could be undone.
-- $1 slot
WITH gone AS (DELETE FROM scry_backfill.lane WHERE slot = $1)
UPDATE scry_backfill.job
   SET state = 'stopped', error = NULL, start_lsn = NULL, first_copied = NULL, made_slot = false, made_publication = false
 WHERE slot = $1;
