-- Ends the sessions that still write for a job whose engine is gone, and returns which: a server carries out what it
-- has received, up to the COMMIT, even when the client that sent it is dead.
-- $1 the slot's name
SELECT l.pid, pg_catalog.pg_terminate_backend(l.pid) AS signalled
  FROM pg_catalog.pg_locks l
 WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 2
   AND l.database = (SELECT d.oid FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database())
   AND l.classid = 1935897210 AND l.objid::pg_catalog.int8 = pg_catalog.hashtext($1)::pg_catalog.int8 & 4294967295
   AND l.pid <> pg_catalog.pg_backend_pid();
