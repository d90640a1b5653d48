-- Notes why a table cannot be copied; the others go on.
-- $1 slot, $2 schema, $3 name, $4 the error as JSON
UPDATE scry_backfill.followed_table SET problem = $4::jsonb
 WHERE slot = $1 AND schema_name = $2 AND table_name = $3;
