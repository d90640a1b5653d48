-- The list of roles (\du, \dg).
-- $1 regular expression for the name, or null: any
-- $2 true: none of the system's
SELECT r.rolname, r.rolsuper, r.rolinherit, r.rolcreaterole, r.rolcreatedb, r.rolcanlogin, r.rolreplication,
       r.rolbypassrls, r.rolconnlimit, r.rolvaliduntil,
       ARRAY(SELECT b.rolname
               FROM pg_catalog.pg_auth_members m
               JOIN pg_catalog.pg_roles b ON b.oid = m.roleid
              WHERE m.member = r.oid) AS member_of,
       pg_catalog.shobj_description(r.oid, 'pg_authid') AS description
  FROM pg_catalog.pg_roles r
 WHERE ($1::pg_catalog.text IS NULL OR r.rolname OPERATOR(pg_catalog.~) $1 COLLATE pg_catalog.default)
   AND (NOT $2::pg_catalog.bool OR r.rolname !~ '^pg_')
 ORDER BY r.rolname
