-- The publications that a table is in: by its schema, by itself, because they hold all tables. PostgreSQL 15 and later.
-- $1 the table's OID
SELECT p.pubname, NULL::pg_catalog.text AS filter, NULL::pg_catalog.text AS columns
  FROM pg_catalog.pg_publication p
  JOIN pg_catalog.pg_publication_namespace s ON s.pnpubid = p.oid
  JOIN pg_catalog.pg_class c ON c.relnamespace = s.pnnspid
 WHERE c.oid = $1::pg_catalog.oid AND pg_catalog.pg_relation_is_publishable($1::pg_catalog.oid::pg_catalog.regclass)
UNION
SELECT p.pubname, pg_catalog.pg_get_expr(r.prqual, r.prrelid),
       CASE WHEN r.prattrs IS NOT NULL THEN
            (SELECT pg_catalog.string_agg(a.attname, ', ')
               FROM pg_catalog.generate_series(0, pg_catalog.array_upper(r.prattrs::pg_catalog.int2[], 1)) s,
                    pg_catalog.pg_attribute a
              WHERE a.attrelid = r.prrelid AND a.attnum = r.prattrs[s]) END
  FROM pg_catalog.pg_publication p
  JOIN pg_catalog.pg_publication_rel r ON r.prpubid = p.oid
 WHERE r.prrelid = $1::pg_catalog.oid
UNION
SELECT p.pubname, NULL, NULL
  FROM pg_catalog.pg_publication p
 WHERE p.puballtables AND pg_catalog.pg_relation_is_publishable($1::pg_catalog.oid::pg_catalog.regclass)
 ORDER BY 1
