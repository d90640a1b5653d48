-- A table goes by another name from now on.
-- $1 slot, $2 schema, $3 name, $4 the schema to come, $5 the name to come
WITH aside AS (
    UPDATE scry_backfill.set_aside SET schema_name = $4, table_name = $5
     WHERE slot = $1 AND schema_name = $2 AND table_name = $3
), part AS (
    UPDATE scry_backfill.followed_partition SET root_schema = $4, root_name = $5
     WHERE slot = $1 AND root_schema = $2 AND root_name = $3
)
UPDATE scry_backfill.followed_table SET schema_name = $4, table_name = $5
 WHERE slot = $1 AND schema_name = $2 AND table_name = $3;
