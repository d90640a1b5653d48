-- Gives up the lock that keeps a second engine of the same job out.
-- $1 the slot's name
SELECT pg_catalog.pg_advisory_unlock(1935897209, pg_catalog.hashtext($1)) AS given_up;
