-- The stream has reached the job's position again: the tables that lagged are where the others are. Others may have
-- been copied meanwhile, for which the stream has yet to begin again; so they are named.
-- $1 slot, $2 schemas, $3 names
UPDATE scry_backfill.followed_table f SET state = 'ready'
  FROM unnest($2::text[], $3::text[]) AS t(schema, name)
 WHERE f.slot = $1 AND f.schema_name = t.schema AND f.table_name = t.name AND f.state = 'catch-up';
