-- Makes a logical slot of pgoutput in this database.
-- $1 the name
SELECT slot_name AS name, lsn FROM pg_catalog.pg_create_logical_replication_slot($1::pg_catalog.name, 'pgoutput');
