-- The partitions of tables that are followed as a whole, as the job knows them.
-- $1 the slot's name
SELECT root_schema, root_name, oid, schema_name AS schema, table_name AS name, attached_by::pg_catalog.text AS attached_by,
       file_node, horizon::pg_catalog.text AS horizon, emptied_by::pg_catalog.text AS emptied_by, is_detached
  FROM scry_backfill.followed_partition
 WHERE slot = $1
 ORDER BY root_schema, root_name, schema_name, table_name;
