-- Notes that the shadow has the schema of the followed tables as it was at a position of the source.
-- $1 slot, $2 position
UPDATE scry_backfill.job SET schema_lsn = $2::pg_lsn WHERE slot = $1;
