-- Registers this session as one that writes for the job, for as long as it lives: a lock that its sessions share.
-- $1 the slot's name
SELECT pg_catalog.pg_advisory_lock_shared(1935897210, pg_catalog.hashtext($1));
