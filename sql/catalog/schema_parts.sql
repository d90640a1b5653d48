-- The objects whose schema is compared: those of a set, and the parts of its relations and types (columns, constraints,
-- indexes, triggers, rules, policies, statistics). The objects of an extension are left to that, but for its relations, and
-- so is what another object says already: defaults, arrays, row types, the members of an operator family, what the server
-- makes with a range (of which 14 and later make more).
-- $1 and $2 the set's catalogs and OIDs, as arrays
-- The parent is the object that a part goes with. A foreign key has the table that it points to; one on a partition of
-- that table, which the server keeps beside it, has none. kind is contype, relkind or typtype, name a column's. Above a
-- part of a partition or of a table that inherits is the part of its table that it comes from, of the same catalog. NOT
-- NULL is a fact of its column or domain, whether it has a constraint (17 and 18) or not.
WITH given(classid, objid) AS (
    SELECT g.classid, g.objid
      FROM ROWS FROM (pg_catalog.unnest($1::pg_catalog.oid[]), pg_catalog.unnest($2::pg_catalog.oid[])) AS g(classid, objid)
), relation AS (
    SELECT c.oid, c.relkind
      FROM given g
      JOIN pg_catalog.pg_class c ON c.oid = g.objid
     WHERE g.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND c.relkind IN ('r', 'p', 'f', 'v', 'm', 'S')
), type AS (
    SELECT t.oid, t.typtype, t.typrelid
      FROM given g
      JOIN pg_catalog.pg_type t ON t.oid = g.objid
      LEFT JOIN pg_catalog.pg_class c ON c.oid = t.typrelid
     WHERE g.classid = 'pg_catalog.pg_type'::pg_catalog.regclass AND coalesce(c.relkind, 'c') = 'c'
       AND t.typinput <> 'pg_catalog.array_in'::pg_catalog.regproc
       AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
                        WHERE d.classid = 'pg_catalog.pg_type'::pg_catalog.regclass AND d.objid = t.oid
                          AND (d.deptype = 'e' OR d.deptype = 'i' AND d.refclassid = 'pg_catalog.pg_type'::pg_catalog.regclass))
), object(classid, objid, objsubid, parent_classid, parent_objid, parent_objsubid, kind, refers_to, name, above_objid, above_objsubid) AS (
    SELECT 'pg_catalog.pg_class'::pg_catalog.regclass::pg_catalog.oid, r.oid, 0,
           d.refclassid, d.refobjid, d.refobjsubid, r.relkind::pg_catalog.text, NULL::pg_catalog.oid,
           NULL::pg_catalog.name, NULL::pg_catalog.oid, NULL::pg_catalog.int4
      FROM relation r
      LEFT JOIN pg_catalog.pg_depend d
             ON d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = r.oid AND d.objsubid = 0
            AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.refobjsubid > 0
            AND d.deptype IN ('a', 'i') AND r.relkind = 'S'
    UNION ALL
    SELECT 'pg_catalog.pg_type'::pg_catalog.regclass, t.oid, 0, NULL, NULL, NULL, t.typtype::pg_catalog.text, NULL, NULL, NULL, NULL
      FROM type t
    UNION ALL
    SELECT g.classid, g.objid, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
      FROM given g
     WHERE g.classid NOT IN ('pg_catalog.pg_class'::pg_catalog.regclass, 'pg_catalog.pg_type'::pg_catalog.regclass,
                             'pg_catalog.pg_attrdef'::pg_catalog.regclass, 'pg_catalog.pg_constraint'::pg_catalog.regclass,
                             'pg_catalog.pg_trigger'::pg_catalog.regclass, 'pg_catalog.pg_rewrite'::pg_catalog.regclass,
                             'pg_catalog.pg_policy'::pg_catalog.regclass, 'pg_catalog.pg_statistic_ext'::pg_catalog.regclass,
                             'pg_catalog.pg_amop'::pg_catalog.regclass, 'pg_catalog.pg_amproc'::pg_catalog.regclass)
       AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
                        WHERE d.classid = g.classid AND d.objid = g.objid
                          AND (d.deptype = 'e' OR d.deptype = 'i' AND d.refclassid = 'pg_catalog.pg_type'::pg_catalog.regclass))
    UNION ALL
    SELECT 'pg_catalog.pg_class'::pg_catalog.regclass, a.attrelid, a.attnum,
           p.classid, p.objid, 0, NULL, NULL, a.attname, above.attrelid, above.attnum
      FROM (SELECT r.oid AS relid, 'pg_catalog.pg_class'::pg_catalog.regclass AS classid, r.oid AS objid
              FROM relation r WHERE r.relkind <> 'S'
             UNION ALL
            SELECT t.typrelid, 'pg_catalog.pg_type'::pg_catalog.regclass, t.oid FROM type t WHERE t.typrelid <> 0) AS p
      JOIN pg_catalog.pg_attribute a ON a.attrelid = p.relid AND a.attnum > 0 AND NOT a.attisdropped
      LEFT JOIN LATERAL (SELECT b.attrelid, b.attnum
                           FROM pg_catalog.pg_inherits h
                           JOIN pg_catalog.pg_attribute b ON b.attrelid = h.inhparent AND b.attname = a.attname
                          WHERE h.inhrelid = a.attrelid AND a.attinhcount > 0
                          ORDER BY h.inhseqno LIMIT 1) AS above ON true
    UNION ALL
    SELECT 'pg_catalog.pg_constraint'::pg_catalog.regclass, x.oid, 0,
           CASE WHEN x.conrelid <> 0 THEN 'pg_catalog.pg_class'::pg_catalog.regclass
                ELSE 'pg_catalog.pg_type'::pg_catalog.regclass END,
           CASE WHEN x.conrelid <> 0 THEN x.conrelid ELSE x.contypid END, 0, x.contype::pg_catalog.text,
           nullif(x.confrelid, 0), NULL, coalesce(above.oid, inherited.oid), 0
      FROM pg_catalog.pg_constraint x
      LEFT JOIN pg_catalog.pg_constraint above ON above.oid = (pg_catalog.to_jsonb(x) ->> 'conparentid')::pg_catalog.oid
      LEFT JOIN LATERAL (SELECT y.oid
                           FROM pg_catalog.pg_inherits h
                           JOIN pg_catalog.pg_constraint y ON y.conrelid = h.inhparent AND y.conname = x.conname AND y.contype = 'c'
                          WHERE h.inhrelid = x.conrelid AND x.contype = 'c' AND x.coninhcount > 0
                          ORDER BY h.inhseqno LIMIT 1) AS inherited ON true
     WHERE (x.conrelid IN (SELECT oid FROM relation) OR x.contypid IN (SELECT oid FROM type))
       AND x.contype IN ('c', 'f', 'p', 'u', 'x')
       AND NOT (x.contype = 'f' AND above.conrelid IS NOT DISTINCT FROM x.conrelid)
    UNION ALL
    SELECT 'pg_catalog.pg_class'::pg_catalog.regclass, i.indexrelid, 0,
           CASE WHEN x.oid IS NULL THEN 'pg_catalog.pg_class'::pg_catalog.regclass
                ELSE 'pg_catalog.pg_constraint'::pg_catalog.regclass END,
           coalesce(x.oid, i.indrelid), 0, 'i', NULL, NULL, h.inhparent, 0
      FROM relation r
      JOIN pg_catalog.pg_index i ON i.indrelid = r.oid
      LEFT JOIN pg_catalog.pg_inherits h ON h.inhrelid = i.indexrelid
      LEFT JOIN pg_catalog.pg_constraint x ON x.conindid = i.indexrelid AND x.contype IN ('p', 'u', 'x')
    UNION ALL
    -- A trigger of a partition that comes from its table is called internal before 15.
    SELECT 'pg_catalog.pg_trigger'::pg_catalog.regclass, t.oid, 0, 'pg_catalog.pg_class'::pg_catalog.regclass, r.oid, 0, NULL, NULL,
           NULL, nullif((pg_catalog.to_jsonb(t) ->> 'tgparentid')::pg_catalog.oid, 0), 0
      FROM relation r
      JOIN pg_catalog.pg_trigger t ON t.tgrelid = r.oid
      LEFT JOIN pg_catalog.pg_constraint x ON x.oid = t.tgconstraint
     WHERE NOT t.tgisinternal OR coalesce(x.contype, 't') = 't'
    UNION ALL
    SELECT 'pg_catalog.pg_rewrite'::pg_catalog.regclass, w.oid, 0, 'pg_catalog.pg_class'::pg_catalog.regclass, r.oid, 0, NULL, NULL, NULL, NULL, NULL
      FROM relation r JOIN pg_catalog.pg_rewrite w ON w.ev_class = r.oid
     WHERE w.rulename <> '_RETURN'
    UNION ALL
    SELECT 'pg_catalog.pg_policy'::pg_catalog.regclass, p.oid, 0, 'pg_catalog.pg_class'::pg_catalog.regclass, r.oid, 0, NULL, NULL, NULL, NULL, NULL
      FROM relation r JOIN pg_catalog.pg_policy p ON p.polrelid = r.oid
    UNION ALL
    SELECT 'pg_catalog.pg_statistic_ext'::pg_catalog.regclass, s.oid, 0, 'pg_catalog.pg_class'::pg_catalog.regclass, r.oid, 0, NULL, NULL, NULL, NULL, NULL
      FROM relation r JOIN pg_catalog.pg_statistic_ext s ON s.stxrelid = r.oid
)
SELECT o.classid, o.objid, o.objsubid, i.type, i.identity, o.parent_classid, o.parent_objid, o.parent_objsubid,
       o.kind, f.identity AS refers_to, o.name, o.above_objid, o.above_objsubid
  FROM object o
  CROSS JOIN LATERAL pg_catalog.pg_identify_object(o.classid, o.objid, o.objsubid) AS i
  LEFT JOIN LATERAL pg_catalog.pg_identify_object('pg_catalog.pg_class'::pg_catalog.regclass, o.refers_to, 0) AS f
         ON o.refers_to IS NOT NULL
 WHERE i.identity IS NOT NULL AND i.schema IS DISTINCT FROM 'scry_backfill'
   AND NOT (i.type = 'schema' AND i.identity = 'scry_backfill');
