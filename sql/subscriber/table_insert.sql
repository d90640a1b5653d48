-- $1 slot, $2 schemas, $3 names, $4 state, $5 position of the snapshot or null
INSERT INTO scry_backfill.followed_table (slot, schema_name, table_name, state, snapshot_lsn)
SELECT $1, t.schema, t.name, $4, $5::pg_lsn FROM unnest($2::text[], $3::text[]) AS t(schema, name)
ON CONFLICT DO NOTHING;
