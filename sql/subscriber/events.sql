-- The latest events of a job, the newest last. One that could not be written at once stands where it belongs.
-- $1 slot, $2 how many
SELECT e.id, pg_catalog.to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS at, e.severity, e.message, e.hint
  FROM (SELECT id, at, severity, message, hint
          FROM scry_backfill.event WHERE slot = $1 ORDER BY id DESC LIMIT $2::bigint) AS e
 ORDER BY e.at, e.id;
