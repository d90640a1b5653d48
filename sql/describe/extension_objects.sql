-- The objects of an extension (\dx+).
-- $1 the extension's name
SELECT pg_catalog.pg_describe_object(d.classid, d.objid, 0) AS "Object description"
  FROM pg_catalog.pg_depend d
  JOIN pg_catalog.pg_extension e ON e.oid = d.refobjid
 WHERE d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass AND d.deptype = 'e'
   AND e.extname = $1::pg_catalog.text
 ORDER BY 1
