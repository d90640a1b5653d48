-- The jobs whose engines run, but for one that this session may be.
SELECT j.slot
  FROM scry_backfill.job j
  JOIN pg_catalog.pg_locks l
    ON l.locktype = 'advisory' AND l.granted AND l.objsubid = 2
   AND l.database = (SELECT d.oid FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database())
   AND l.classid = 1935897209 AND l.objid::pg_catalog.int8 = pg_catalog.hashtext(j.slot)::pg_catalog.int8 & 4294967295
 WHERE l.pid <> pg_catalog.pg_backend_pid()
 ORDER BY j.slot;
