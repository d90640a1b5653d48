-- Forgets the problem that kept a table from being copied or followed.
-- $1 slot, $2 schema, $3 name
UPDATE scry_backfill.followed_table SET problem = NULL WHERE slot = $1 AND schema_name = $2 AND table_name = $3;
