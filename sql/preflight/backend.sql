-- The server process that runs this statement, and its version, for comparing with what the start of the connection told.
SELECT pg_catalog.pg_backend_pid() AS pid, pg_catalog.current_setting('server_version') AS version;
