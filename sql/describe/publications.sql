-- The list of publications (\dRp); what a server's version does not have comes out null.
-- $1 regular expression for the name, or null: any
SELECT p.oid, p.pubname AS "Name", pg_catalog.pg_get_userbyid(p.pubowner) AS "Owner", p.puballtables AS "All tables",
       p.pubinsert AS "Inserts", p.pubupdate AS "Updates", p.pubdelete AS "Deletes",
       (pg_catalog.to_jsonb(p) ->> 'pubtruncate')::pg_catalog.bool AS "Truncates",
       (pg_catalog.to_jsonb(p) ->> 'pubviaroot')::pg_catalog.bool AS "Via root"
  FROM pg_catalog.pg_publication p
 WHERE $1::pg_catalog.text IS NULL OR p.pubname OPERATOR(pg_catalog.~) $1 COLLATE pg_catalog.default
 ORDER BY p.pubname
