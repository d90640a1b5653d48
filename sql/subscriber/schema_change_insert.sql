-- $1 slot, $2 position, $3 schema, $4 name, $5 the change, $6 what was done, $7 statements, $8 milliseconds
INSERT INTO scry_backfill.schema_change (slot, seen_lsn, schema_name, table_name, change, action, statements, milliseconds)
VALUES ($1, $2::pg_lsn, $3, $4, $5, $6, $7::pg_catalog.text[], $8::pg_catalog.float8);
