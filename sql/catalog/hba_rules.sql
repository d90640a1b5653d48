-- The lines of pg_hba.conf in the order in which the server reads them; comments and empty lines are left out.
-- file is known from 16 on, where a file can include others. A line that cannot be read has only its error.
-- Needs EXECUTE on the function, which only superusers have by default.
SELECT row.of ->> 'file_name' AS file, r.line_number AS line, r.type, r.database AS databases, r.user_name AS users,
       r.address, r.netmask, r.auth_method AS method, coalesce(r.options, '{}') AS options, r.error
  FROM pg_catalog.pg_hba_file_rules() WITH ORDINALITY AS r, LATERAL (SELECT pg_catalog.to_jsonb(r) AS of) AS row
 ORDER BY r.ordinality;
