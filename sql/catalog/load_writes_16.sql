-- As load_writes, up to 16.
SELECT b.checkpoints_req AS requested_checkpoints, b.buffers_backend AS backend_writes FROM pg_catalog.pg_stat_bgwriter b;
