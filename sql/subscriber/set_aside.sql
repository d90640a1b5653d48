-- The objects that a job has set aside in the shadow, in the order in which it did.
-- $1 the slot's name
SELECT object_type, identity, aspect, schema_name AS schema, table_name AS name, reason, put_back, is_copy
  FROM scry_backfill.set_aside
 WHERE slot = $1
 ORDER BY number;
