-- The column that a sequence belongs to: by OWNED BY (a) or as its identity (i).
-- $1 the sequence's OID
SELECT pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname) || '.'
           || pg_catalog.quote_ident(a.attname) AS owner,
       d.deptype
  FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_depend d ON d.refobjid = c.oid
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.refobjsubid
 WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
   AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
   AND d.objid = $1::pg_catalog.oid AND d.deptype IN ('a', 'i')
