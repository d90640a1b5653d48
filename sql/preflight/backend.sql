-- The server process that runs this statement, and its version, to be compared with what the server reported when the
-- connection began.
SELECT pg_catalog.pg_backend_pid() AS pid, pg_catalog.current_setting('server_version') AS version;
