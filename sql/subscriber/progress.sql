-- The progress of the stream; committed with the data that it speaks of.
-- $1 slot, $2 lane, $3 end of the last transaction, $4 its commit's position or null where none came, $5 its time in
-- microseconds since 2000 or null, $6 the source's position
UPDATE scry_backfill.lane
   SET applied_lsn = $3::pg_lsn, commit_lsn = coalesce($4::pg_lsn, commit_lsn),
       commit_time = coalesce('2000-01-01 00:00:00+00'::timestamptz + $5::float8 * '1 microsecond'::interval, commit_time),
       source_lsn = $6::pg_lsn
 WHERE slot = $1 AND lane = $2::int;
