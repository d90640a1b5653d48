-- Whether a role may connect to this database, and whether this session's role may grant it.
-- $1 the role's OID; 0 for a role that is yet to be made, which has what PUBLIC has
SELECT d.datname AS database,
       pg_catalog.has_database_privilege($1::pg_catalog.oid, d.oid, 'CONNECT') AS may_connect,
       pg_catalog.has_database_privilege(d.oid, 'CONNECT WITH GRANT OPTION') AS may_grant
  FROM pg_catalog.pg_database d
 WHERE d.datname = pg_catalog.current_database();
