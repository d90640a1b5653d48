-- The columns of a relation, for \d.
-- $1 the relation's OID
SELECT a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod) AS type,
       (SELECT pg_catalog.pg_get_expr(d.adbin, d.adrelid, true)
          FROM pg_catalog.pg_attrdef d
         WHERE d.adrelid = a.attrelid AND d.adnum = a.attnum AND a.atthasdef) AS default,
       a.attnotnull,
       (SELECT o.collname
          FROM pg_catalog.pg_collation o, pg_catalog.pg_type t
         WHERE o.oid = a.attcollation AND t.oid = a.atttypid AND a.attcollation <> t.typcollation) AS collation,
       a.attidentity, coalesce(pg_catalog.to_jsonb(a) ->> 'attgenerated', '') AS attgenerated,
       CASE WHEN a.attnum <= coalesce((pg_catalog.to_jsonb(i) ->> 'indnkeyatts')::pg_catalog.int4, i.indnatts)
            THEN 'yes' ELSE 'no' END AS is_key,
       CASE WHEN i.indexrelid IS NOT NULL
            THEN pg_catalog.pg_get_indexdef(a.attrelid, a.attnum, true) END AS indexdef,
       CASE WHEN a.attfdwoptions IS NOT NULL THEN
            '(' || pg_catalog.array_to_string(ARRAY(
                SELECT pg_catalog.quote_ident(option_name) || ' ' || pg_catalog.quote_literal(option_value)
                  FROM pg_catalog.pg_options_to_table(a.attfdwoptions)), ', ') || ')' END AS fdw_options,
       a.attstorage, coalesce(pg_catalog.to_jsonb(a) ->> 'attcompression', '') AS attcompression,
       nullif(a.attstattarget, -1) AS attstattarget,
       pg_catalog.col_description(a.attrelid, a.attnum) AS description
  FROM pg_catalog.pg_attribute a
  LEFT JOIN pg_catalog.pg_index i ON i.indexrelid = a.attrelid
 WHERE a.attrelid = $1::pg_catalog.oid AND a.attnum > 0 AND NOT a.attisdropped
 ORDER BY a.attnum
