-- Notes that the changes of partitions up to a position of the source are in the shadow, or wait for a copy.
-- $1 slot, $2 position
INSERT INTO scry_backfill.partition_look (slot, position) VALUES ($1, $2::pg_lsn)
    ON CONFLICT (slot) DO UPDATE SET position = excluded.position;
