-- The warnings and errors among a job's events that are new to a person, the oldest first: neither those of an earlier
-- job of the slot, nor the error that ended an engine that has been started again.
-- $1 slot, $2 the last event that he has seen; null: those of the last ten minutes
SELECT e.id, pg_catalog.to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS at, e.severity, e.message, e.hint
  FROM scry_backfill.event e JOIN scry_backfill.job j ON j.slot = e.slot
 WHERE e.slot = $1 AND e.severity IN ('WARNING', 'ERROR')
   AND e.at >= j.created AND (e.severity <> 'ERROR' OR j.engine_since IS NULL OR e.at >= j.engine_since)
   AND CASE WHEN $2::bigint IS NULL THEN e.at > pg_catalog.now() - '10 minutes'::interval ELSE e.id > $2::bigint END
 ORDER BY e.id;
