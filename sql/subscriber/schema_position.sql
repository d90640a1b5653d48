-- The position of the source up to which the shadow has the schema of the followed tables.
-- $1 slot
SELECT schema_lsn AS position FROM scry_backfill.job WHERE slot = $1;
