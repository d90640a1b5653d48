-- Which of these roles this server has.
-- $1 names, as an array
SELECT r.rolname AS role FROM pg_catalog.pg_roles r WHERE r.rolname = ANY ($1::pg_catalog.name[]);
