-- Has the server read its configuration files again. False where the signal could not be sent.
SELECT pg_catalog.pg_reload_conf() AS signalled;
