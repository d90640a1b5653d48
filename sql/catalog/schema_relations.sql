-- The compared facts of relations (and sequences), one a row; a fact without a value is left out.
-- $1, $2 and $3 the objects: their catalogs, OIDs and column numbers, as arrays; those of other kinds are passed over
WITH object AS (
    SELECT o.objid
      FROM ROWS FROM (pg_catalog.unnest($1::pg_catalog.oid[]), pg_catalog.unnest($2::pg_catalog.oid[]), pg_catalog.unnest($3::pg_catalog.int4[]))
           AS o(classid, objid, objsubid)
     WHERE o.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND o.objsubid = 0
)
SELECT 'pg_catalog.pg_class'::pg_catalog.regclass::pg_catalog.oid AS classid, c.oid AS objid, 0 AS objsubid, f.fact, f.value
  FROM object o
  JOIN pg_catalog.pg_class c ON c.oid = o.objid
  LEFT JOIN pg_catalog.pg_class toast ON toast.oid = c.reltoastrelid
  LEFT JOIN pg_catalog.pg_index x ON x.indexrelid = c.oid
  LEFT JOIN pg_catalog.pg_sequence s ON s.seqrelid = c.oid
  CROSS JOIN LATERAL (VALUES
    ('kind', CASE c.relkind WHEN 'r' THEN 'ordinary' WHEN 'p' THEN 'partitioned' END),
    ('persistence', CASE WHEN c.relkind NOT IN ('i', 'I') THEN
        CASE c.relpersistence WHEN 'p' THEN 'permanent' WHEN 'u' THEN 'unlogged' ELSE 'temporary' END END),
    ('replica identity', CASE WHEN c.relkind IN ('r', 'p', 'm') THEN
        CASE c.relreplident WHEN 'd' THEN 'default' WHEN 'f' THEN 'full' WHEN 'n' THEN 'nothing'
             ELSE 'index ' || coalesce((SELECT i.relname FROM pg_catalog.pg_index r JOIN pg_catalog.pg_class i ON i.oid = r.indexrelid
                                         WHERE r.indrelid = c.oid AND r.indisreplident), '(none)') END END),
    ('row security', CASE WHEN c.relkind IN ('r', 'p') THEN CASE WHEN c.relrowsecurity THEN 'enabled' ELSE 'disabled' END END),
    ('forced row security', CASE WHEN c.relkind IN ('r', 'p') THEN CASE WHEN c.relforcerowsecurity THEN 'forced' ELSE 'not forced' END END),
    ('parents', (SELECT pg_catalog.string_agg(i.inhparent::pg_catalog.regclass::pg_catalog.text, ', ' ORDER BY i.inhseqno)
                   FROM pg_catalog.pg_inherits i WHERE i.inhrelid = c.oid)),
    ('partition key', CASE WHEN c.relkind = 'p' THEN pg_catalog.pg_get_partkeydef(c.oid) END),
    ('partition bound', pg_catalog.pg_get_expr(c.relpartbound, c.oid)),
    ('type', CASE WHEN c.reloftype <> 0 THEN pg_catalog.format_type(c.reloftype, NULL) END),
    ('options', CASE WHEN c.relkind NOT IN ('i', 'I') THEN
        (SELECT pg_catalog.string_agg(opt, ', ' ORDER BY opt)
           FROM (SELECT pg_catalog.unnest(c.reloptions) UNION ALL SELECT 'toast.' || pg_catalog.unnest(toast.reloptions)) AS opts(opt)) END),
    -- Before 12 there is but one.
    ('access method', CASE WHEN c.relkind IN ('r', 'm', 'p') THEN
        coalesce((SELECT am.amname FROM pg_catalog.pg_am am WHERE am.oid = c.relam), CASE WHEN c.relkind <> 'p' THEN 'heap' END) END),
    ('server', (SELECT srv.srvname || ' ' || coalesce(t.ftoptions::pg_catalog.text, '')
                  FROM pg_catalog.pg_foreign_table t JOIN pg_catalog.pg_foreign_server srv ON srv.oid = t.ftserver
                 WHERE t.ftrelid = c.oid)),
    ('definition', CASE WHEN x.indexrelid IS NOT NULL THEN pg_catalog.pg_get_indexdef(c.oid) END),
    ('validity', CASE WHEN x.indisvalid THEN 'valid' WHEN NOT x.indisvalid THEN 'not valid' END),
    ('clustered', CASE WHEN x.indisclustered THEN 'yes' WHEN NOT x.indisclustered THEN 'no' END),
    -- Without a target it is -1 before 17, null since.
    ('statistics targets', CASE WHEN x.indexrelid IS NOT NULL THEN
        (SELECT pg_catalog.string_agg(a.attnum || ': ' || a.attstattarget, ', ' ORDER BY a.attnum)
           FROM pg_catalog.pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND a.attstattarget >= 0) END),
    ('type', pg_catalog.format_type(s.seqtypid, NULL)),
    ('start', s.seqstart::pg_catalog.text),
    ('increment', s.seqincrement::pg_catalog.text),
    ('minimum', s.seqmin::pg_catalog.text),
    ('maximum', s.seqmax::pg_catalog.text),
    ('cache', s.seqcache::pg_catalog.text),
    ('cycle', CASE WHEN s.seqcycle THEN 'yes' WHEN NOT s.seqcycle THEN 'no' END),
    ('owner', CASE WHEN s.seqrelid IS NOT NULL THEN
        (SELECT pg_catalog.string_agg(i.identity, ', ')
           FROM pg_catalog.pg_depend d
           CROSS JOIN LATERAL pg_catalog.pg_identify_object(d.refclassid, d.refobjid, d.refobjsubid) AS i
          WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = c.oid AND d.objsubid = 0
            AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i')) END)
  ) AS f(fact, value)
 WHERE f.value IS NOT NULL;
