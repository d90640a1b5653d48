-- Has the tables tried again that could not be copied.
-- $1 slot
UPDATE scry_backfill.followed_table SET problem = NULL WHERE slot = $1 AND problem IS NOT NULL;
