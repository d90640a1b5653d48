-- Notes that something is set aside; in the transaction that does so. A note that exists already keeps its statements.
-- $1 slot, $2 type and $3 identity of the object, $4 aspect, $5 schema and $6 name of a table or null, $7 the reason, $8 the statements
-- that put it back, $9 whether only until the rows are copied
INSERT INTO scry_backfill.set_aside
       (slot, object_type, identity, aspect, schema_name, table_name, reason, put_back, is_copy)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8::text[], $9::boolean)
    ON CONFLICT (slot, object_type, identity, aspect)
    DO UPDATE SET reason = excluded.reason, is_copy = excluded.is_copy,
                  put_back = CASE WHEN set_aside.put_back = '{}' THEN excluded.put_back ELSE set_aside.put_back END;
