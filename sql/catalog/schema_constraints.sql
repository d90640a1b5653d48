-- The compared facts of constraints, triggers, rules, policies and statistics objects, one a row; a fact without a
-- value is left out.
-- $1, $2 and $3 the objects: their catalogs, OIDs and column numbers, as arrays; those of other kinds are passed over
WITH object AS (
    SELECT o.classid, o.objid
      FROM ROWS FROM (pg_catalog.unnest($1::pg_catalog.oid[]), pg_catalog.unnest($2::pg_catalog.oid[]), pg_catalog.unnest($3::pg_catalog.int4[]))
           AS o(classid, objid, objsubid)
)
SELECT o.classid, o.objid, 0 AS objsubid, f.fact, f.value
  FROM object o
  JOIN pg_catalog.pg_constraint x ON x.oid = o.objid
  CROSS JOIN LATERAL (VALUES
    ('definition', pg_catalog.pg_get_constraintdef(x.oid)),
    ('validity', CASE WHEN x.convalidated THEN 'valid' ELSE 'not valid' END)
  ) AS f(fact, value)
 WHERE o.classid = 'pg_catalog.pg_constraint'::pg_catalog.regclass
UNION ALL
SELECT o.classid, o.objid, 0, f.fact, f.value
  FROM object o
  JOIN pg_catalog.pg_trigger t ON t.oid = o.objid
  CROSS JOIN LATERAL (VALUES
    ('definition', pg_catalog.pg_get_triggerdef(t.oid)),
    ('enabled', CASE t.tgenabled WHEN 'O' THEN 'enabled' WHEN 'D' THEN 'disabled' WHEN 'R' THEN 'replica' WHEN 'A' THEN 'always' END)
  ) AS f(fact, value)
 WHERE o.classid = 'pg_catalog.pg_trigger'::pg_catalog.regclass
UNION ALL
SELECT o.classid, o.objid, 0, f.fact, f.value
  FROM object o
  JOIN pg_catalog.pg_rewrite w ON w.oid = o.objid
  CROSS JOIN LATERAL (VALUES
    ('definition', pg_catalog.pg_get_ruledef(w.oid)),
    ('enabled', CASE w.ev_enabled WHEN 'O' THEN 'enabled' WHEN 'D' THEN 'disabled' WHEN 'R' THEN 'replica' WHEN 'A' THEN 'always' END)
  ) AS f(fact, value)
 WHERE o.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass
UNION ALL
SELECT o.classid, o.objid, 0, f.fact, f.value
  FROM object o
  JOIN pg_catalog.pg_policy p ON p.oid = o.objid
  CROSS JOIN LATERAL (VALUES
    ('command', CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE' WHEN 'd' THEN 'DELETE' ELSE 'ALL' END),
    ('permissive', CASE WHEN p.polpermissive THEN 'permissive' ELSE 'restrictive' END),
    ('roles', (SELECT pg_catalog.string_agg(coalesce(pg_catalog.quote_ident(r.rolname), 'public'), ', ' ORDER BY r.rolname)
                 FROM pg_catalog.unnest(p.polroles) AS m(oid) LEFT JOIN pg_catalog.pg_roles r ON r.oid = m.oid)),
    ('using', pg_catalog.pg_get_expr(p.polqual, p.polrelid)),
    ('with check', pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid))
  ) AS f(fact, value)
 WHERE o.classid = 'pg_catalog.pg_policy'::pg_catalog.regclass AND f.value IS NOT NULL
UNION ALL
-- The target came with 13; without one it is -1 before 17, null since.
SELECT o.classid, o.objid, 0, f.fact, f.value
  FROM object o
  JOIN pg_catalog.pg_statistic_ext s ON s.oid = o.objid
  CROSS JOIN LATERAL (VALUES
    ('definition', pg_catalog.pg_get_statisticsobjdef(s.oid)),
    ('statistics target', nullif(pg_catalog.to_jsonb(s) ->> 'stxstattarget', '-1'))
  ) AS f(fact, value)
 WHERE o.classid = 'pg_catalog.pg_statistic_ext'::pg_catalog.regclass AND f.value IS NOT NULL;
