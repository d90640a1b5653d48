-- The statements that follow those of pg_dump have the session's own settings.
RESET check_function_bodies;
RESET client_min_messages;
RESET default_tablespace;
