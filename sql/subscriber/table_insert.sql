-- $1 slot, $2 schemas, $3 names, $4 the fingerprints of how the publication sends them (empty: none), $5 state, $6 position of the snapshot or null
INSERT INTO scry_backfill.followed_table (slot, schema_name, table_name, published_as, state, snapshot_lsn)
SELECT $1, t.schema, t.name, nullif(t.fingerprint, ''), $5, $6::pg_lsn
  FROM unnest($2::text[], $3::text[], $4::text[]) AS t(schema, name, fingerprint)
ON CONFLICT DO NOTHING;
