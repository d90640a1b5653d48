-- The compared facts of operators, their classes and families, casts, collations, text search, languages and
-- extensions, one a row; a fact without a value is left out.
-- $1, $2 and $3 the objects: their catalogs, OIDs and column numbers, as arrays; those of other kinds are passed over
WITH object AS (
    SELECT o.classid, o.objid
      FROM ROWS FROM (pg_catalog.unnest($1::pg_catalog.oid[]), pg_catalog.unnest($2::pg_catalog.oid[]), pg_catalog.unnest($3::pg_catalog.int4[]))
           AS o(classid, objid, objsubid)
), member AS (
    SELECT m.amopfamily AS family, m.amoplefttype AS lefttype, m.amoprighttype AS righttype,
           'operator ' || m.amopstrategy || ' ' || m.amopopr::pg_catalog.regoperator
           || CASE WHEN m.amoppurpose = 'o' THEN ' for order by' ELSE '' END AS text
      FROM pg_catalog.pg_amop m
    UNION ALL
    SELECT m.amprocfamily, m.amproclefttype, m.amprocrighttype,
           'function ' || m.amprocnum || ' ' || m.amproc::pg_catalog.regprocedure
      FROM pg_catalog.pg_amproc m
)
SELECT o.classid, o.objid, 0 AS objsubid, f.fact, f.value
  FROM object o
  JOIN pg_catalog.pg_operator p ON p.oid = o.objid
  CROSS JOIN LATERAL (VALUES
    ('function', p.oprcode::pg_catalog.regprocedure::pg_catalog.text),
    ('result', pg_catalog.format_type(p.oprresult, NULL)),
    ('commutator', nullif(p.oprcom, 0)::pg_catalog.regoperator::pg_catalog.text),
    ('negator', nullif(p.oprnegate, 0)::pg_catalog.regoperator::pg_catalog.text),
    ('estimators', pg_catalog.concat_ws(', ', p.oprrest, p.oprjoin)),
    ('joins', pg_catalog.concat_ws(', ', CASE WHEN p.oprcanhash THEN 'hashes' END, CASE WHEN p.oprcanmerge THEN 'merges' END))
  ) AS f(fact, value)
 WHERE o.classid = 'pg_catalog.pg_operator'::pg_catalog.regclass AND f.value IS NOT NULL
UNION ALL
SELECT o.classid, o.objid, 0, f.fact, f.value
  FROM object o
  JOIN pg_catalog.pg_opclass c ON c.oid = o.objid
  CROSS JOIN LATERAL (VALUES
    ('family', (SELECT i.identity FROM pg_catalog.pg_identify_object('pg_catalog.pg_opfamily'::pg_catalog.regclass, c.opcfamily, 0) AS i)),
    ('type', pg_catalog.format_type(c.opcintype, NULL)),
    ('storage', pg_catalog.format_type(nullif(c.opckeytype, 0), NULL)),
    ('default', CASE WHEN c.opcdefault THEN 'yes' ELSE 'no' END),
    ('members', (SELECT pg_catalog.string_agg(m.text, ', ' ORDER BY m.text) FROM member m
                  WHERE m.family = c.opcfamily AND m.lefttype = c.opcintype AND m.righttype = c.opcintype))
  ) AS f(fact, value)
 WHERE o.classid = 'pg_catalog.pg_opclass'::pg_catalog.regclass AND f.value IS NOT NULL
UNION ALL
SELECT o.classid, o.objid, 0, 'members',
       pg_catalog.string_agg(m.text, ', ' ORDER BY m.text)
  FROM object o
  JOIN member m ON m.family = o.objid AND m.lefttype <> m.righttype
 WHERE o.classid = 'pg_catalog.pg_opfamily'::pg_catalog.regclass
 GROUP BY o.classid, o.objid
UNION ALL
SELECT o.classid, o.objid, 0, f.fact, f.value
  FROM object o
  JOIN pg_catalog.pg_cast c ON c.oid = o.objid
  CROSS JOIN LATERAL (VALUES
    ('function', nullif(c.castfunc, 0)::pg_catalog.regprocedure::pg_catalog.text),
    ('context', CASE c.castcontext WHEN 'e' THEN 'explicit' WHEN 'a' THEN 'assignment' ELSE 'implicit' END),
    ('method', CASE c.castmethod WHEN 'f' THEN 'function' WHEN 'i' THEN 'inout' ELSE 'binary' END)
  ) AS f(fact, value)
 WHERE o.classid = 'pg_catalog.pg_cast'::pg_catalog.regclass AND f.value IS NOT NULL
UNION ALL
-- Where an ICU collation's locale stands: collcollate before 15, colliculocale in 15 and 16, colllocale since.
SELECT o.classid, o.objid, 0, f.fact, f.value
  FROM object o
  JOIN pg_catalog.pg_collation c ON c.oid = o.objid
  CROSS JOIN LATERAL (SELECT pg_catalog.to_jsonb(c) AS of) AS row
  CROSS JOIN LATERAL (VALUES
    ('provider', c.collprovider::pg_catalog.text),
    ('locale', coalesce(row.of ->> 'colllocale', row.of ->> 'colliculocale', row.of ->> 'collcollate')),
    ('ctype', CASE WHEN c.collprovider = 'c' THEN row.of ->> 'collctype' END),
    ('deterministic', coalesce(row.of ->> 'collisdeterministic', 'true')),
    ('rules', row.of ->> 'collicurules')
  ) AS f(fact, value)
 WHERE o.classid = 'pg_catalog.pg_collation'::pg_catalog.regclass AND f.value IS NOT NULL
UNION ALL
SELECT o.classid, o.objid, 0, f.fact, f.value
  FROM object o
  JOIN pg_catalog.pg_ts_config c ON c.oid = o.objid
  CROSS JOIN LATERAL (VALUES
    ('parser', (SELECT i.identity FROM pg_catalog.pg_identify_object('pg_catalog.pg_ts_parser'::pg_catalog.regclass, c.cfgparser, 0) AS i)),
    ('mapping', (SELECT pg_catalog.string_agg(m.maptokentype || ' ' || m.mapseqno || ' ' || m.mapdict::pg_catalog.regdictionary, ', '
                                              ORDER BY m.maptokentype, m.mapseqno)
                   FROM pg_catalog.pg_ts_config_map m WHERE m.mapcfg = c.oid))
  ) AS f(fact, value)
 WHERE o.classid = 'pg_catalog.pg_ts_config'::pg_catalog.regclass AND f.value IS NOT NULL
UNION ALL
SELECT o.classid, o.objid, 0, f.fact, f.value
  FROM object o
  JOIN pg_catalog.pg_ts_dict d ON d.oid = o.objid
  CROSS JOIN LATERAL (VALUES
    ('template', (SELECT i.identity FROM pg_catalog.pg_identify_object('pg_catalog.pg_ts_template'::pg_catalog.regclass, d.dicttemplate, 0) AS i)),
    ('options', d.dictinitoption)
  ) AS f(fact, value)
 WHERE o.classid = 'pg_catalog.pg_ts_dict'::pg_catalog.regclass AND f.value IS NOT NULL
UNION ALL
SELECT o.classid, o.objid, 0, f.fact, f.value
  FROM object o
  JOIN pg_catalog.pg_extension e ON e.oid = o.objid
  JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace
  CROSS JOIN LATERAL (VALUES ('schema', n.nspname::pg_catalog.text), ('version', e.extversion)) AS f(fact, value)
 WHERE o.classid = 'pg_catalog.pg_extension'::pg_catalog.regclass
UNION ALL
SELECT o.classid, o.objid, 0, 'trusted', CASE WHEN l.lanpltrusted THEN 'yes' ELSE 'no' END
  FROM object o
  JOIN pg_catalog.pg_language l ON l.oid = o.objid
 WHERE o.classid = 'pg_catalog.pg_language'::pg_catalog.regclass;
