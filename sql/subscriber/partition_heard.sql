-- The stream brings rows of a partition that the job has not seen in the catalog. If the partition is not in the next
-- snapshot of the catalog, it has taken its rows along.
-- $1 slot, $2 schema, $3 name of the partitioned table, $4 OID, $5 schema, $6 name of the partition
INSERT INTO scry_backfill.followed_partition (slot, root_schema, root_name, oid, schema_name, table_name)
VALUES ($1, $2, $3, $4::oid, $5, $6)
    ON CONFLICT (slot, root_schema, root_name, oid) DO UPDATE SET is_detached = false, attached_by = NULL
 WHERE scry_backfill.followed_partition.is_detached;
