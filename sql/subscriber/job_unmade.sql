-- The slot and publication that a failed start had made on the source are gone again; the next start begins from
-- nothing. Tables that it had not begun to fill are chosen anew then.
-- $1 slot
WITH gone AS (DELETE FROM scry_backfill.followed_table WHERE slot = $1 AND state = 'pending'),
     stopped AS (DELETE FROM scry_backfill.lane WHERE slot = $1)
UPDATE scry_backfill.job SET made_slot = false, made_publication = false, start_lsn = NULL WHERE slot = $1;
