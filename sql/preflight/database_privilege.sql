-- What this connection's role may do in its database.
SELECT pg_catalog.current_database() AS database, current_user AS role,
       pg_catalog.has_database_privilege(pg_catalog.current_database(), 'CREATE') AS may_create;
