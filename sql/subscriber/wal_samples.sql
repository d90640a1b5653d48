-- The engine's samples of the source's slots, the oldest first.
-- $1 slot, $2 since when, in seconds since 1970 by the source's clock; null: only the last one
SELECT s.taken, s.position, s.level, s.wal_status, s.safe_wal_size, s.names, s.retained
  FROM scry_backfill.wal_sample s
 WHERE s.slot = $1
   AND CASE WHEN $2::float8 IS NULL
            THEN s.taken = (SELECT max(l.taken) FROM scry_backfill.wal_sample l WHERE l.slot = $1)
            ELSE s.taken >= $2::float8 END
 ORDER BY s.taken;
