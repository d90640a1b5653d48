-- Fails where this role may not switch triggers and foreign keys off for a session. Undone at the statement's end.
SELECT pg_catalog.set_config('session_replication_role', 'replica', true);
