-- The compared facts of types and functions, one a row; a fact without a value is left out.
-- $1, $2 and $3 the objects: their catalogs, OIDs and column numbers, as arrays; those of other kinds are passed over
-- A composite type's attributes are columns, a domain's constraints are constraints. The body of a function in standard SQL
-- (14 and later) is written anew from its parse tree, others are text.
WITH object AS (
    SELECT o.classid, o.objid
      FROM ROWS FROM (pg_catalog.unnest($1::pg_catalog.oid[]), pg_catalog.unnest($2::pg_catalog.oid[]), pg_catalog.unnest($3::pg_catalog.int4[]))
           AS o(classid, objid, objsubid)
)
SELECT o.classid, o.objid, 0 AS objsubid, f.fact, f.value
  FROM object o
  JOIN pg_catalog.pg_type t ON t.oid = o.objid
  LEFT JOIN pg_catalog.pg_range r ON r.rngtypid = t.oid
  CROSS JOIN LATERAL (VALUES
    ('kind', CASE t.typtype WHEN 'b' THEN 'base' WHEN 'c' THEN 'composite' WHEN 'd' THEN 'domain' WHEN 'e' THEN 'enum'
                            WHEN 'r' THEN 'range' WHEN 'm' THEN 'multirange' ELSE t.typtype::pg_catalog.text END),
    ('labels', (SELECT pg_catalog.string_agg(pg_catalog.quote_literal(e.enumlabel), ', ' ORDER BY e.enumsortorder)
                  FROM pg_catalog.pg_enum e WHERE e.enumtypid = t.oid)),
    ('base', CASE WHEN t.typtype = 'd' THEN pg_catalog.format_type(t.typbasetype, t.typtypmod) END),
    ('null', CASE WHEN t.typtype = 'd' THEN CASE WHEN t.typnotnull THEN 'not null' ELSE 'nullable' END END),
    ('default', coalesce(pg_catalog.pg_get_expr(t.typdefaultbin, 0), t.typdefault)),
    -- A domain's where it is not its base's.
    ('collation', (SELECT pg_catalog.quote_ident(ns.nspname) || '.' || pg_catalog.quote_ident(n.collname)
                     FROM pg_catalog.pg_collation n JOIN pg_catalog.pg_namespace ns ON ns.oid = n.collnamespace
                     LEFT JOIN pg_catalog.pg_type base ON base.oid = t.typbasetype
                    WHERE n.oid = t.typcollation AND t.typtype IN ('b', 'd') AND n.oid IS DISTINCT FROM base.typcollation)),
    ('functions', CASE WHEN t.typtype = 'b' THEN
        pg_catalog.concat_ws(', ', t.typinput, t.typoutput, t.typreceive, t.typsend, t.typmodin, t.typmodout, t.typanalyze) END),
    ('layout', CASE WHEN t.typtype = 'b' THEN
        pg_catalog.concat_ws(', ', t.typlen, t.typbyval, t.typalign, t.typstorage, t.typcategory, t.typispreferred, t.typdelim,
                             pg_catalog.format_type(nullif(t.typelem, 0), NULL)) END),
    ('subtype', pg_catalog.format_type(r.rngsubtype, NULL)),
    ('operator class', (SELECT i.identity FROM pg_catalog.pg_identify_object('pg_catalog.pg_opclass'::pg_catalog.regclass, r.rngsubopc, 0) AS i
                         WHERE r.rngsubopc IS NOT NULL)),
    ('range collation', (SELECT i.identity FROM pg_catalog.pg_identify_object('pg_catalog.pg_collation'::pg_catalog.regclass, r.rngcollation, 0) AS i
                          WHERE r.rngcollation <> 0)),
    ('range functions', CASE WHEN r.rngtypid IS NOT NULL THEN pg_catalog.concat_ws(', ', r.rngcanonical, r.rngsubdiff) END)
  ) AS f(fact, value)
 WHERE o.classid = 'pg_catalog.pg_type'::pg_catalog.regclass AND f.value IS NOT NULL
UNION ALL
SELECT o.classid, o.objid, 0, 'definition', pg_catalog.pg_get_functiondef(p.oid)
  FROM object o
  JOIN pg_catalog.pg_proc p ON p.oid = o.objid
 WHERE o.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass AND NOT EXISTS (SELECT FROM pg_catalog.pg_aggregate a WHERE a.aggfnoid = p.oid)
UNION ALL
SELECT o.classid, o.objid, 0, f.fact, f.value
  FROM object o
  JOIN pg_catalog.pg_proc p ON p.oid = o.objid
  JOIN pg_catalog.pg_aggregate a ON a.aggfnoid = p.oid
  CROSS JOIN LATERAL (VALUES
    ('arguments', pg_catalog.pg_get_function_arguments(p.oid)),
    ('result', pg_catalog.pg_get_function_result(p.oid)),
    ('functions', pg_catalog.concat_ws(', ', a.aggtransfn, a.aggfinalfn, a.aggcombinefn, a.aggserialfn, a.aggdeserialfn,
                                       a.aggmtransfn, a.aggminvtransfn, a.aggmfinalfn)),
    ('state', pg_catalog.concat_ws(', ', pg_catalog.format_type(a.aggtranstype, NULL), a.aggtransspace,
                                   pg_catalog.format_type(nullif(a.aggmtranstype, 0), NULL), a.aggmtransspace)),
    ('initial state', a.agginitval),
    ('initial moving state', a.aggminitval),
    ('properties', pg_catalog.concat_ws(', ', a.aggkind, a.aggnumdirectargs, a.aggfinalextra, a.aggmfinalextra,
                                        a.aggsortop::pg_catalog.regoperator, p.proparallel, p.provolatile))
  ) AS f(fact, value)
 WHERE o.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass AND f.value IS NOT NULL;
