-- The tables that a pattern names, with what identifies their rows in the WAL.
-- $1 regular expression for the schema, or null: any
-- $2 regular expression for the table's name, or null: any
-- $3 true: only those that the search path shows unqualified
-- $4 true: also what is not a table (views, foreign tables), and the system's own
-- The identity is what the server can use (RelationGetIndexList): a deferrable or invalid index identifies nothing.
SELECT c.oid, n.nspname AS schema, c.relname AS name, c.relkind AS kind, c.relpersistence AS persistence,
       pg_catalog.pg_get_userbyid(c.relowner) AS owner,
       pg_catalog.pg_has_role(c.relowner, 'USAGE') AS is_owner,
       n.nspname ~ '^pg_' OR n.nspname = 'information_schema' AS is_system,
       c.relreplident AS replica_identity,
       c.relispartition AS is_partition,
       c.relrowsecurity AS row_security,
       greatest(c.relpages, 0) AS pages,
       CASE WHEN c.reltuples < 0 OR (c.reltuples = 0 AND c.relpages = 0 AND c.relkind <> 'r') THEN NULL
            ELSE c.reltuples::pg_catalog.int8 END AS estimated_rows,
       p.inhparent AS parent_oid,
       EXISTS (SELECT FROM pg_catalog.pg_inherits h WHERE h.inhparent = c.oid) AS has_children,
       primary_key.oid AS primary_key_oid, primary_key.columns AS primary_key_columns,
       identity.oid AS identity_oid, identity.columns AS identity_columns
  FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  LEFT JOIN pg_catalog.pg_inherits p ON p.inhrelid = c.oid AND c.relispartition
  LEFT JOIN LATERAL (
       SELECT i.indexrelid AS oid,
              ARRAY(SELECT a.attname FROM pg_catalog.generate_series(0, i.indnatts - 1) AS k
                      JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[k]
                     WHERE k < coalesce((pg_catalog.to_jsonb(i) ->> 'indnkeyatts')::int, i.indnatts)
                     ORDER BY k)::pg_catalog.text[] AS columns
         FROM pg_catalog.pg_index i
        WHERE i.indrelid = c.oid AND i.indisprimary) AS primary_key ON true
  LEFT JOIN LATERAL (
       SELECT i.indexrelid AS oid,
              ARRAY(SELECT a.attname FROM pg_catalog.generate_series(0, i.indnatts - 1) AS k
                      JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[k]
                     WHERE k < coalesce((pg_catalog.to_jsonb(i) ->> 'indnkeyatts')::int, i.indnatts)
                     ORDER BY k)::pg_catalog.text[] AS columns
         FROM pg_catalog.pg_index i
        WHERE i.indrelid = c.oid AND i.indisunique AND i.indimmediate AND i.indisvalid AND i.indpred IS NULL
          AND CASE c.relreplident WHEN 'd' THEN i.indisprimary WHEN 'i' THEN i.indisreplident ELSE false END
        ) AS identity ON true
 WHERE CASE WHEN $4::pg_catalog.bool THEN c.relkind IN ('r', 'p', 'f', 'v', 'm')
            ELSE c.relkind IN ('r', 'p') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' END
   AND ($1::pg_catalog.text IS NULL OR n.nspname OPERATOR(pg_catalog.~) $1)
   AND ($2::pg_catalog.text IS NULL OR c.relname OPERATOR(pg_catalog.~) $2)
   AND (NOT $3::pg_catalog.bool OR pg_catalog.pg_table_is_visible(c.oid))
 ORDER BY n.nspname, c.relname;
