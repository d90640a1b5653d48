-- The names, labels and comments outside ASCII of tables and of what belongs to them: columns, constraints, indexes, triggers,
-- policies, column defaults, types with their labels and attributes.
-- $1 the tables' OIDs, as an array
-- what: for people; text: what the shadow would have to hold
WITH RECURSIVE wanted(oid) AS (
    SELECT DISTINCT w.oid FROM pg_catalog.unnest($1::pg_catalog.oid[]) AS w(oid)
), types(oid) AS (
    SELECT a.atttypid FROM wanted w JOIN pg_catalog.pg_attribute a ON a.attrelid = w.oid AND a.attnum > 0 AND NOT a.attisdropped
    UNION
    SELECT n.oid
      FROM types y
      JOIN pg_catalog.pg_type t ON t.oid = y.oid
      LEFT JOIN pg_catalog.pg_attribute a ON t.typtype = 'c' AND a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped
      CROSS JOIN LATERAL (VALUES (t.typelem), (t.typbasetype), (a.atttypid)) AS n(oid)
     WHERE n.oid <> 0
), names(rank, what, text) AS (
    SELECT 1, 'schema ' || pg_catalog.quote_ident(n.nspname), n.nspname::pg_catalog.text
      FROM wanted w JOIN pg_catalog.pg_class c ON c.oid = w.oid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    UNION
    SELECT 2, 'table ' || pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname), c.relname
      FROM wanted w JOIN pg_catalog.pg_class c ON c.oid = w.oid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    UNION
    SELECT p.rank, p.part || ' of ' || pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname), p.text
      FROM wanted w
      JOIN pg_catalog.pg_class c ON c.oid = w.oid
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      CROSS JOIN LATERAL (
            SELECT 3, 'column ' || pg_catalog.quote_ident(a.attname), a.attname::pg_catalog.text
              FROM pg_catalog.pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
            UNION ALL
            SELECT 4, 'default of column ' || pg_catalog.quote_ident(a.attname), pg_catalog.pg_get_expr(d.adbin, d.adrelid)
              FROM pg_catalog.pg_attrdef d JOIN pg_catalog.pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
             WHERE d.adrelid = c.oid
            UNION ALL
            SELECT 4, 'constraint ' || pg_catalog.quote_ident(k.conname), k.conname || pg_catalog.pg_get_constraintdef(k.oid)
              FROM pg_catalog.pg_constraint k WHERE k.conrelid = c.oid
            UNION ALL
            SELECT 4, 'index ' || pg_catalog.quote_ident(i.relname), i.relname || pg_catalog.pg_get_indexdef(x.indexrelid)
              FROM pg_catalog.pg_index x JOIN pg_catalog.pg_class i ON i.oid = x.indexrelid WHERE x.indrelid = c.oid
            UNION ALL
            SELECT 4, 'trigger ' || pg_catalog.quote_ident(g.tgname), g.tgname
              FROM pg_catalog.pg_trigger g WHERE g.tgrelid = c.oid AND NOT g.tgisinternal
            UNION ALL
            SELECT 4, 'policy ' || pg_catalog.quote_ident(o.polname), o.polname
              FROM pg_catalog.pg_policy o WHERE o.polrelid = c.oid
            UNION ALL
            SELECT 5, 'comment', s.description
              FROM pg_catalog.pg_description s
             WHERE s.classoid = 'pg_catalog.pg_class'::pg_catalog.regclass AND s.objoid = c.oid) AS p(rank, part, text)
    UNION
    SELECT p.rank, p.part || ' ' || pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(t.typname), p.text
      FROM types y
      JOIN pg_catalog.pg_type t ON t.oid = y.oid
      JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
      CROSS JOIN LATERAL (
            SELECT 6, 'type', t.typname::pg_catalog.text
            UNION ALL
            SELECT 7, 'label ' || pg_catalog.quote_literal(e.enumlabel) || ' of type', e.enumlabel
              FROM pg_catalog.pg_enum e WHERE e.enumtypid = t.oid
            UNION ALL
            SELECT 7, 'attribute ' || pg_catalog.quote_ident(a.attname) || ' of type', a.attname
              FROM pg_catalog.pg_attribute a
             WHERE t.typtype = 'c' AND a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped) AS p(rank, part, text)
)
SELECT what, text
  FROM names
 WHERE pg_catalog.octet_length(pg_catalog.convert_to(text, 'UTF8')) <> pg_catalog.char_length(text)
 ORDER BY rank, what;
