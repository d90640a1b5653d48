-- The checkpoints that did not wait for their time, and the pages that sessions wrote themselves; 17 and later.
SELECT c.num_requested AS requested_checkpoints,
       (SELECT coalesce(sum(i.writes), 0)::pg_catalog.int8 FROM pg_catalog.pg_stat_io i
         WHERE i.backend_type = 'client backend' AND i.object = 'relation' AND i.context = 'normal') AS backend_writes
  FROM pg_catalog.pg_stat_checkpointer c;
