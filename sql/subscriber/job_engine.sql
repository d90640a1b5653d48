-- Notes which process runs the job, and clears the last error and any request.
-- $1 slot, $2 host, $3 pid
UPDATE scry_backfill.job
   SET state = 'setup', engine_host = $2, engine_pid = $3::int, engine_since = pg_catalog.clock_timestamp(),
       request = NULL, error = NULL
 WHERE slot = $1;
