-- The stream has reached the job's position again: tables that were behind it are where the others are.
-- $1 slot
UPDATE scry_backfill.followed_table SET state = 'ready' WHERE slot = $1 AND state = 'catch-up';
