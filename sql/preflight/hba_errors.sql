-- The lines of pg_hba.conf that the server can't read. Which file it is, it tells from 16 on.
SELECT coalesce(pg_catalog.to_jsonb(r) ->> 'file_name', pg_catalog.current_setting('hba_file')) AS file, r.line_number AS line,
       r.error
  FROM pg_catalog.pg_hba_file_rules() AS r
 WHERE r.error IS NOT NULL
 ORDER BY 1, 2;
