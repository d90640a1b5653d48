-- Takes the lock that keeps a second engine of the same job out, for as long as the session lives. The first number
-- stands for this program ("scry" in ASCII), the second for the job.
-- $1 the slot's name
SELECT pg_catalog.pg_try_advisory_lock(1935897209, pg_catalog.hashtext($1)) AS taken;
