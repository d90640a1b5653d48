-- Has tables copied again; the rows that they hold are the job's, and go. Returns those that the job knows.
-- $1 slot, $2 schemas, $3 names
UPDATE scry_backfill.followed_table f
   SET state = CASE WHEN f.state = 'pending' THEN 'pending' ELSE 'copying' END, problem = NULL, snapshot_lsn = NULL,
       rows_copied = 0, bytes_copied = 0
  FROM unnest($2::text[], $3::text[]) AS t(schema, name)
 WHERE f.slot = $1 AND f.schema_name = t.schema AND f.table_name = t.name AND f.state <> 'unpublished'
RETURNING f.schema_name AS schema, f.table_name AS name;
