-- The attributes and privileges of a role that a copy needs beyond its tables; no row where there is no such role.
-- $1 the role's name
-- reads_all: every SELECT and USAGE is granted (superuser, or member of pg_read_all_data, 14 and later).
SELECT r.oid, r.rolsuper AS is_superuser, r.rolcanlogin AS may_log_in, r.rolreplication AS has_replication,
       r.rolbypassrls AS bypasses_row_security, coalesce(r.rolvaliduntil < pg_catalog.now(), false) AS has_expired,
       EXISTS (SELECT FROM pg_catalog.pg_roles g
                WHERE g.rolname = 'rds_replication' AND pg_catalog.pg_has_role(r.oid, g.oid, 'USAGE')) AS is_rds_replication,
       r.rolsuper OR EXISTS (SELECT FROM pg_catalog.pg_roles g
                              WHERE g.rolname = 'pg_read_all_data' AND pg_catalog.pg_has_role(r.oid, g.oid, 'USAGE'))
       AS reads_all
  FROM pg_catalog.pg_roles r
 WHERE r.rolname = $1;
