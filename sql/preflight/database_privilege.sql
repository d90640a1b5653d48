-- The privileges of this connection's role on its database.
SELECT pg_catalog.current_database() AS database, current_user AS role,
       pg_catalog.has_database_privilege(pg_catalog.current_database(), 'CREATE') AS may_create;
