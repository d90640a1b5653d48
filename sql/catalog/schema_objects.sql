-- All objects that a set of tables needs to be created elsewhere, with what belongs to them: what they depend on (types,
-- functions, sequences, schemas, extensions, the tables above a partition), and their parts (defaults, constraints and their
-- indexes, triggers, rules, policies, statistics, owned sequences). Foreign keys only where both ends are in the set.
-- $1 the tables' OIDs, as an array
-- An index of a partition depends on its table by 'I' in 11, by 'P' and 'S' since. The catalog does not say which functions
-- and types the body of a function names when it is text; those whose names stand in it are taken, a function's before a "(".
-- schema and name are set for relations only; followed marks the tables that were asked for; owner is the table that an
-- object is a part of; foreign_key is a foreign key's
-- name, definition the statement that adds it.
WITH RECURSIVE part(classid, objid, tableid) AS (
    SELECT d.classid, d.objid, d.refobjid
      FROM pg_catalog.pg_depend d
      LEFT JOIN pg_catalog.pg_class c ON d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND c.oid = d.objid
      LEFT JOIN pg_catalog.pg_constraint f
             ON d.classid = 'pg_catalog.pg_constraint'::pg_catalog.regclass AND f.oid = d.objid AND f.contype = 'f'
     WHERE d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.deptype IN ('a', 'i', 'I', 'P', 'S')
       AND (d.classid IN ('pg_catalog.pg_attrdef'::pg_catalog.regclass, 'pg_catalog.pg_trigger'::pg_catalog.regclass,
                          'pg_catalog.pg_rewrite'::pg_catalog.regclass, 'pg_catalog.pg_policy'::pg_catalog.regclass,
                          'pg_catalog.pg_statistic_ext'::pg_catalog.regclass)
            OR d.classid = 'pg_catalog.pg_constraint'::pg_catalog.regclass AND f.oid IS NULL
            OR c.relkind IN ('i', 'I', 'S'))
), body(oid, text) AS (
    SELECT p.oid, pg_catalog.lower(p.prosrc)
      FROM pg_catalog.pg_proc p
      JOIN pg_catalog.pg_language l ON l.oid = p.prolang AND l.lanname NOT IN ('internal', 'c')
     WHERE p.oid >= 16384 AND p.prosrc <> ''
), named(classid, objid, name, pattern) AS (
    SELECT 'pg_catalog.pg_proc'::pg_catalog.regclass::pg_catalog.oid, p.oid, pg_catalog.lower(p.proname),
           '(^|[^[:alnum:]_])' || pg_catalog.regexp_replace(pg_catalog.lower(p.proname), '([^[:alnum:]_])', '\\\1', 'g')
           || '"?[[:space:]]*\('
      FROM pg_catalog.pg_proc p
     WHERE p.oid >= 16384
     UNION ALL
    SELECT 'pg_catalog.pg_type'::pg_catalog.regclass, t.oid, pg_catalog.lower(t.typname),
           '(^|[^[:alnum:]_])' || pg_catalog.regexp_replace(pg_catalog.lower(t.typname), '([^[:alnum:]_])', '\\\1', 'g')
           || '($|[^[:alnum:]_])'
      FROM pg_catalog.pg_type t
     WHERE t.oid >= 16384 AND t.typelem = 0
       AND (t.typtype IN ('e', 'd', 'r')
            OR t.typtype = 'c' AND EXISTS (SELECT FROM pg_catalog.pg_class k WHERE k.oid = t.typrelid AND k.relkind = 'c'))
), needed(classid, objid) AS (
    SELECT 'pg_catalog.pg_class'::pg_catalog.regclass::pg_catalog.oid, t.oid
      FROM pg_catalog.unnest($1::pg_catalog.oid[]) AS t(oid)
    UNION
    SELECT more.classid, more.objid
      FROM needed n,
           LATERAL (SELECT d.refclassid AS classid, d.refobjid AS objid
                      FROM pg_catalog.pg_depend d
                     WHERE d.classid = n.classid AND d.objid = n.objid AND d.refclassid <> 0
                       AND (d.refobjid >= 16384
                            OR d.refclassid = 'pg_catalog.pg_namespace'::pg_catalog.regclass
                               AND d.refobjid = (SELECT s.oid FROM pg_catalog.pg_namespace s WHERE s.nspname = 'public'))
                     UNION ALL
                    SELECT p.classid, p.objid
                      FROM part p
                     WHERE n.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND p.tableid = n.objid
                     UNION ALL
                    -- A constraint's index needs what the constraint does not depend on itself: operator classes.
                    SELECT 'pg_catalog.pg_class'::pg_catalog.regclass, k.conindid
                      FROM pg_catalog.pg_constraint k
                     WHERE n.classid = 'pg_catalog.pg_constraint'::pg_catalog.regclass AND k.oid = n.objid
                       AND k.contype IN ('p', 'u', 'x') AND k.conindid <> 0
                     UNION ALL
                    SELECT 'pg_catalog.pg_constraint'::pg_catalog.regclass, k.oid
                      FROM pg_catalog.pg_constraint k
                     WHERE n.classid = 'pg_catalog.pg_type'::pg_catalog.regclass AND k.contypid = n.objid
                     UNION ALL
                    -- An operator class or family is made of operators and functions.
                    SELECT d.classid, d.objid
                      FROM pg_catalog.pg_depend d
                     WHERE n.classid IN ('pg_catalog.pg_opclass'::pg_catalog.regclass,
                                         'pg_catalog.pg_opfamily'::pg_catalog.regclass)
                       AND d.refclassid = n.classid AND d.refobjid = n.objid AND d.deptype IN ('a', 'i')
                       AND d.classid IN ('pg_catalog.pg_amop'::pg_catalog.regclass,
                                         'pg_catalog.pg_amproc'::pg_catalog.regclass)
                     UNION ALL
                    SELECT 'pg_catalog.pg_cast'::pg_catalog.regclass, x.oid
                      FROM pg_catalog.pg_cast x
                     WHERE n.classid = 'pg_catalog.pg_type'::pg_catalog.regclass AND x.oid >= 16384
                       AND n.objid IN (x.castsource, x.casttarget)
                     UNION ALL
                    SELECT m.classid, m.objid
                      FROM body b
                      JOIN named m ON pg_catalog.strpos(b.text, m.name) > 0 AND b.text OPERATOR(pg_catalog.~) m.pattern
                     WHERE n.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass AND b.oid = n.objid) AS more
), keyed AS (
    SELECT n.classid, n.objid FROM needed n
     WHERE n.classid NOT IN ('pg_catalog.pg_amop'::pg_catalog.regclass, 'pg_catalog.pg_amproc'::pg_catalog.regclass)
    UNION
    SELECT 'pg_catalog.pg_constraint'::pg_catalog.regclass::pg_catalog.oid, f.oid
      FROM pg_catalog.pg_constraint f
     WHERE f.contype = 'f' AND f.conrelid = ANY (SELECT objid FROM needed) AND f.confrelid = ANY (SELECT objid FROM needed)
)
SELECT k.classid, k.objid, i.type, i.identity, n.nspname AS schema, c.relname AS name, c.relkind AS kind,
       k.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND k.objid = ANY ($1::pg_catalog.oid[]) AS followed,
       CASE WHEN x.contype = 'f'
            THEN pg_catalog.format('ALTER TABLE %s%I.%I ADD CONSTRAINT %I %s',
                                   CASE WHEN owner.relkind = 'p' THEN '' ELSE 'ONLY ' END,
                                   ownerspace.nspname, owner.relname, x.conname, pg_catalog.pg_get_constraintdef(x.oid))
       END AS definition,
       CASE WHEN x.contype = 'f' THEN x.conname END AS foreign_key,
       ownerspace.nspname AS owner_schema, owner.relname AS owner_name
  FROM keyed k
  JOIN LATERAL pg_catalog.pg_identify_object(k.classid, k.objid, 0) i ON true
  LEFT JOIN pg_catalog.pg_class c
         ON k.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND c.oid = k.objid
  LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  LEFT JOIN pg_catalog.pg_constraint x
         ON k.classid = 'pg_catalog.pg_constraint'::pg_catalog.regclass AND x.oid = k.objid
  LEFT JOIN LATERAL (
       SELECT CASE k.classid
                  WHEN 'pg_catalog.pg_constraint'::pg_catalog.regclass THEN x.conrelid
                  WHEN 'pg_catalog.pg_class'::pg_catalog.regclass
                      THEN (SELECT y.indrelid FROM pg_catalog.pg_index y WHERE y.indexrelid = k.objid)
                  WHEN 'pg_catalog.pg_trigger'::pg_catalog.regclass
                      THEN (SELECT y.tgrelid FROM pg_catalog.pg_trigger y WHERE y.oid = k.objid)
                  WHEN 'pg_catalog.pg_rewrite'::pg_catalog.regclass
                      THEN (SELECT y.ev_class FROM pg_catalog.pg_rewrite y WHERE y.oid = k.objid)
                  WHEN 'pg_catalog.pg_policy'::pg_catalog.regclass
                      THEN (SELECT y.polrelid FROM pg_catalog.pg_policy y WHERE y.oid = k.objid)
                  WHEN 'pg_catalog.pg_attrdef'::pg_catalog.regclass
                      THEN (SELECT y.adrelid FROM pg_catalog.pg_attrdef y WHERE y.oid = k.objid)
                  WHEN 'pg_catalog.pg_statistic_ext'::pg_catalog.regclass
                      THEN (SELECT y.stxrelid FROM pg_catalog.pg_statistic_ext y WHERE y.oid = k.objid)
              END AS oid) AS owning ON true
  LEFT JOIN pg_catalog.pg_class owner ON owner.oid = owning.oid
  LEFT JOIN pg_catalog.pg_namespace ownerspace ON ownerspace.oid = owner.relnamespace;
