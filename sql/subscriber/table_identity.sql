-- $1 slot, $2 schema, $3 name, $4 identity columns that are BY DEFAULT here while following
UPDATE scry_backfill.followed_table SET identity_columns = $4::text[]
 WHERE slot = $1 AND schema_name = $2 AND table_name = $3;
