-- How the server sees this session's client, for the rules of pg_hba.conf, and what it knows of a user.
-- $1 the user's name, or null: this session's
-- $2 the database's name, or null: this session's
-- The address is null for a Unix-domain socket. memberships: the roles whose member the user is, directly or not, and
-- itself; not those that a superuser has the rights of (is_member in hba.c asks the same).
WITH RECURSIVE client AS (
    SELECT coalesce($1::pg_catalog.name, session_user) AS user_name,
           coalesce($2::pg_catalog.name, pg_catalog.current_database()) AS database
), member (oid) AS (
    SELECT r.oid FROM pg_catalog.pg_roles r JOIN client ON r.rolname = client.user_name
    UNION
    SELECT m.roleid FROM pg_catalog.pg_auth_members m JOIN member ON m.member = member.oid
)
SELECT client.user_name, client.database,
       pg_catalog.host(pg_catalog.inet_client_addr()) AS address,
       pg_catalog.host(pg_catalog.inet_server_addr()) AS server_address,
       coalesce((SELECT s.ssl FROM pg_catalog.pg_stat_ssl s WHERE s.pid = pg_catalog.pg_backend_pid()), false) AS uses_tls,
       pg_catalog.current_setting('ssl')::pg_catalog.bool AS offers_tls,
       ARRAY(SELECT r.rolname FROM member JOIN pg_catalog.pg_roles r ON r.oid = member.oid
              ORDER BY r.rolname)::pg_catalog.text[] AS memberships,
       pg_catalog.has_function_privilege('pg_catalog.pg_hba_file_rules()', 'EXECUTE') AS may_read_rules,
       pg_catalog.has_function_privilege('pg_catalog.pg_stat_file(text)', 'EXECUTE')
       AND pg_catalog.pg_has_role('pg_read_all_settings', 'USAGE') AS may_read_file_times
  FROM client;
