-- The columns of tables, in their order, by the facts on which their values depend.
-- $1 the tables' OIDs, as an array
SELECT a.attrelid AS oid, a.attnum AS number, a.attname AS name, pg_catalog.format_type(a.atttypid, a.atttypmod) AS type,
       a.atttypid AS type_oid, a.atttypmod AS modifier,
       CASE WHEN a.attcollation <> t.typcollation
            THEN pg_catalog.quote_ident(ns.nspname) || '.' || pg_catalog.quote_ident(n.collname) END AS collation,
       a.attnotnull AS not_null, pg_catalog.pg_get_expr(d.adbin, d.adrelid) AS expression,
       pg_catalog.md5(d.adbin::pg_catalog.text) AS expression_digest,
       coalesce(pg_catalog.to_jsonb(a) ->> 'attgenerated', '') AS generated, a.attidentity AS identity,
       a.xmin::pg_catalog.text AS defined_by
  FROM pg_catalog.pg_attribute a
  JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
  LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
  LEFT JOIN pg_catalog.pg_collation n ON n.oid = a.attcollation
  LEFT JOIN pg_catalog.pg_namespace ns ON ns.oid = n.collnamespace
 WHERE a.attrelid = ANY ($1::pg_catalog.oid[]) AND a.attnum > 0 AND NOT a.attisdropped
 ORDER BY a.attrelid, a.attnum;
