-- The role that this connection logged in as. memberships: the roles whose members it is, directly or not; for a
-- superuser only itself, as every role's privileges are its own.
SELECT r.rolname AS name, r.rolsuper AS is_superuser, r.rolreplication AS may_replicate,
       r.rolbypassrls AS bypasses_row_security,
       ARRAY(SELECT m.rolname FROM pg_catalog.pg_roles m
              WHERE CASE WHEN r.rolsuper THEN m.oid = r.oid ELSE pg_catalog.pg_has_role(r.oid, m.oid, 'MEMBER') END
              ORDER BY m.rolname)::pg_catalog.text[] AS memberships
  FROM pg_catalog.pg_roles r
 WHERE r.rolname = session_user;
