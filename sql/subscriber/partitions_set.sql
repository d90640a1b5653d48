-- Notes partitions as the source's catalog shows them.
-- $1 slot, $2 schema, $3 name of the partitioned table, $4 OIDs, $5 schemas, $6 names, $7 the transactions that attached them
-- (0: the table itself), $8 files, $9 the horizon of that snapshot
INSERT INTO scry_backfill.followed_partition
       (slot, root_schema, root_name, oid, schema_name, table_name, attached_by, file_node, horizon)
SELECT $1, $2, $3, t.oid, t.schema, t.name, t.attached_by::text::xid, t.file_node, $9::xid
  FROM unnest($4::oid[], $5::text[], $6::text[], $7::int8[], $8::oid[]) AS t(oid, schema, name, attached_by, file_node)
    ON CONFLICT (slot, root_schema, root_name, oid) DO UPDATE
   SET schema_name = excluded.schema_name, table_name = excluded.table_name, attached_by = excluded.attached_by,
       file_node = excluded.file_node, horizon = excluded.horizon, emptied_by = NULL, is_detached = false;
