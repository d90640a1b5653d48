-- The progress of tables whose copies are later than the job's position, and which catch up with it; committed with
-- their rows.
-- $1 slot, $2 schemas, $3 names, $4 end of the last transaction
UPDATE scry_backfill.followed_table f SET snapshot_lsn = greatest(f.snapshot_lsn, $4::pg_lsn)
  FROM unnest($2::text[], $3::text[]) AS t(schema, name)
 WHERE f.slot = $1 AND f.schema_name = t.schema AND f.table_name = t.name AND f.state = 'catch-up';
