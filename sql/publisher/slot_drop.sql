-- Drops a slot; fails while it is active.
-- $1 the name
SELECT pg_catalog.pg_drop_replication_slot($1::pg_catalog.name);
