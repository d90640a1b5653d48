-- The progress of tables that were copied behind the job's position, and catch up with it; committed with their rows.
-- $1 slot, $2 end of the last transaction
UPDATE scry_backfill.followed_table SET snapshot_lsn = greatest(snapshot_lsn, $2::pg_lsn)
 WHERE slot = $1 AND state = 'catch-up';
