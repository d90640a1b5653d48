-- The progress of the stream; committed with the data that it speaks of.
-- $1 slot, $2 end of the last transaction, $3 its commit's position or null where none came, $4 its time in microseconds
-- since 2000 or null, $5 the source's position
UPDATE scry_backfill.job
   SET applied_lsn = $2::pg_lsn, commit_lsn = coalesce($3::pg_lsn, commit_lsn),
       commit_time = coalesce('2000-01-01 00:00:00+00'::timestamptz + $4::float8 * '1 microsecond'::interval, commit_time),
       source_lsn = $5::pg_lsn
 WHERE slot = $1;
