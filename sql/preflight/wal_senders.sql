-- How many of the server's max_wal_senders are taken, base backups included.
SELECT pg_catalog.count(*) AS used FROM pg_catalog.pg_stat_get_wal_senders();
