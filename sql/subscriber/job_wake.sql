-- Has the engine write its position down now.
-- $1 the slot's name
SELECT pg_catalog.pg_notify('scry_backfill', $1);
