-- The latest events of a job, the newest last.
-- $1 slot, $2 how many
SELECT e.at, e.severity, e.message, e.hint
  FROM (SELECT id, pg_catalog.to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS at, severity, message, hint
          FROM scry_backfill.event WHERE slot = $1 ORDER BY id DESC LIMIT $2::bigint) AS e
 ORDER BY e.id;
