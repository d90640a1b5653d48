-- Notes how the publication sends a table.
-- $1 slot, $2 schema, $3 name, $4 the fingerprint of that
UPDATE scry_backfill.followed_table SET published_as = $4
 WHERE slot = $1 AND schema_name = $2 AND table_name = $3;
