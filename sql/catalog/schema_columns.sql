-- The compared facts of columns, one a row; a fact without a value is left out.
-- $1, $2 and $3 the objects: their catalogs, OIDs and column numbers, as arrays; those of other kinds are passed over
WITH object AS (
    SELECT o.objid, o.objsubid
      FROM ROWS FROM (pg_catalog.unnest($1::pg_catalog.oid[]), pg_catalog.unnest($2::pg_catalog.oid[]), pg_catalog.unnest($3::pg_catalog.int4[]))
           AS o(classid, objid, objsubid)
     WHERE o.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND o.objsubid <> 0
)
SELECT 'pg_catalog.pg_class'::pg_catalog.regclass::pg_catalog.oid AS classid, a.attrelid AS objid, a.attnum AS objsubid, f.fact, f.value
  FROM object o
  JOIN pg_catalog.pg_attribute a ON a.attrelid = o.objid AND a.attnum = o.objsubid
  JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
  LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
  LEFT JOIN pg_catalog.pg_collation n ON n.oid = a.attcollation
  LEFT JOIN pg_catalog.pg_namespace ns ON ns.oid = n.collnamespace
  CROSS JOIN LATERAL (SELECT pg_catalog.to_jsonb(a) AS of) AS row
  CROSS JOIN LATERAL (VALUES
    ('type', pg_catalog.format_type(a.atttypid, a.atttypmod)),
    ('null', CASE WHEN a.attnotnull THEN 'not null' ELSE 'nullable' END),
    ('default', pg_catalog.pg_get_expr(d.adbin, d.adrelid)),
    ('generated', CASE row.of ->> 'attgenerated' WHEN 's' THEN 'stored' WHEN 'v' THEN 'virtual' END),
    ('identity', CASE a.attidentity WHEN 'a' THEN 'always' WHEN 'd' THEN 'by default' END),
    -- Where it is not the type's own: that of "name" is "C" since 12.
    ('collation', CASE WHEN a.attcollation <> t.typcollation
                       THEN pg_catalog.quote_ident(ns.nspname) || '.' || pg_catalog.quote_ident(n.collname) END),
    ('storage', CASE a.attstorage WHEN 'p' THEN 'plain' WHEN 'e' THEN 'external' WHEN 'm' THEN 'main' ELSE 'extended' END),
    ('compression', CASE row.of ->> 'attcompression' WHEN 'p' THEN 'pglz' WHEN 'l' THEN 'lz4' ELSE nullif(row.of ->> 'attcompression', '') END),
    -- Without a target it is -1 before 17, null since.
    ('statistics target', CASE WHEN a.attstattarget >= 0 THEN a.attstattarget::pg_catalog.text END),
    -- pg_attver is no option but a number that late minor releases keep there.
    ('options', (SELECT pg_catalog.string_agg(opt, ', ' ORDER BY opt) FROM pg_catalog.unnest(a.attoptions) AS opts(opt)
                  WHERE opt NOT LIKE 'pg\_attver=%'))
  ) AS f(fact, value)
 WHERE f.value IS NOT NULL;
