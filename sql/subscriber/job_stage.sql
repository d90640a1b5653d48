-- $1 slot, $2 stage of the schema
-- With the keys after the rows, the first copy is complete.
UPDATE scry_backfill.job
   SET schema_stage = $2::int,
       first_copied = CASE WHEN $2::int >= 2 THEN coalesce(first_copied, pg_catalog.clock_timestamp()) ELSE first_copied END
 WHERE slot = $1;
