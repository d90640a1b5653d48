-- The publications of this database, with what each publishes.
-- $1 regular expression for the name, or null: any
-- Columns that came with later versions are read through the row's JSON, so that one statement serves 10 to 18.
SELECT p.oid, p.pubname AS name, pg_catalog.pg_get_userbyid(p.pubowner) AS owner,
       pg_catalog.pg_has_role(p.pubowner, 'USAGE') AS is_owner,
       p.puballtables AS all_tables, p.pubinsert AS inserts, p.pubupdate AS updates, p.pubdelete AS deletes,
       coalesce((row.of ->> 'pubtruncate')::pg_catalog.bool, false) AS truncates,
       coalesce((row.of ->> 'pubviaroot')::pg_catalog.bool, false) AS via_root
  FROM pg_catalog.pg_publication p, LATERAL (SELECT pg_catalog.to_jsonb(p) AS of) AS row
 WHERE $1::pg_catalog.text IS NULL OR p.pubname OPERATOR(pg_catalog.~) $1
 ORDER BY p.pubname;
