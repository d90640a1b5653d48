-- The changes of the source's schema that a job has seen, the newest last.
-- $1 slot, $2 how many
SELECT c.at, c.seen_lsn, c.schema, c.name, c.change, c.action, c.statements, c.milliseconds
  FROM (SELECT number, pg_catalog.to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS at, seen_lsn, schema_name AS schema,
               table_name AS name, change, action, statements, milliseconds
          FROM scry_backfill.schema_change WHERE slot = $1 ORDER BY number DESC LIMIT $2::pg_catalog.int8) AS c
 ORDER BY c.number;
