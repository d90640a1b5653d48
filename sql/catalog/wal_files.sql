-- The files of pg_wal. For pg_monitor and superusers.
SELECT count(*) AS files, coalesce(sum(f.size), 0)::pg_catalog.int8 AS bytes FROM pg_catalog.pg_ls_waldir() AS f;
