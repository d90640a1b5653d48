-- How fast the copy was in the last minute; no row where that is not known, or not any more.
-- $1 the slot's name
SELECT (pg_catalog.max(s.rows) - pg_catalog.min(s.rows)) / span.seconds AS rows_per_second,
       (pg_catalog.max(s.bytes) - pg_catalog.min(s.bytes)) / span.seconds AS bytes_per_second
  FROM scry_backfill.copy_sample s,
       (SELECT pg_catalog.date_part('epoch', pg_catalog.max(l.taken) - pg_catalog.min(l.taken)) AS seconds
          FROM scry_backfill.copy_sample l
         WHERE l.slot = $1
        HAVING pg_catalog.max(l.taken) > pg_catalog.clock_timestamp() - '15 s'::pg_catalog.interval) AS span
 WHERE s.slot = $1 AND span.seconds > 0
 GROUP BY span.seconds;
