-- What comes after the statements of pg_dump has the session's own settings.
RESET check_function_bodies;
RESET client_min_messages;
RESET default_tablespace;
