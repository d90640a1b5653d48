-- Notes the shape that a table was built from, and the one that it is becoming.
-- $1 slot, $2 schema, $3 name, $4 shape or null, $5 the next one or null, $6 position past which rows have that one, or null
UPDATE scry_backfill.followed_table SET shape = $4::pg_catalog.jsonb, next_shape = $5::pg_catalog.jsonb, next_lsn = $6::pg_lsn
 WHERE slot = $1 AND schema_name = $2 AND table_name = $3;
