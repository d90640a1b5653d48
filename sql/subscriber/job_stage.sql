-- $1 slot, $2 stage of the schema
UPDATE scry_backfill.job SET schema_stage = $2::int WHERE slot = $1;
