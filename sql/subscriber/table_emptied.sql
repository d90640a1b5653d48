-- The stream brings a TRUNCATE of a table.
-- $1 slot, $2 schema, $3 name, $4 the source's transaction
UPDATE scry_backfill.followed_table SET emptied_by = $4::xid WHERE slot = $1 AND schema_name = $2 AND table_name = $3;
