-- The comments on objects.
-- $1, $2 and $3 the objects: their catalogs, OIDs and column numbers, as arrays
-- A composite type's own comment is with the type.
SELECT o.classid, o.objid, o.objsubid, 'comment' AS fact, d.description AS value
  FROM ROWS FROM (pg_catalog.unnest($1::pg_catalog.oid[]), pg_catalog.unnest($2::pg_catalog.oid[]), pg_catalog.unnest($3::pg_catalog.int4[]))
       AS o(classid, objid, objsubid)
  JOIN pg_catalog.pg_description d ON d.classoid = o.classid AND d.objoid = o.objid AND d.objsubid = o.objsubid;
