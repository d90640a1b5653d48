-- The query that finds the rows of a table which break a foreign key, to be shown and run.
-- $1 schema, $2 name of the table, $3 name of the foreign key
SELECT pg_catalog.format(
           'SELECT %s FROM %s%I.%I AS c WHERE %s AND NOT EXISTS (SELECT FROM %I.%I AS p WHERE %s)',
           pg_catalog.string_agg(pg_catalog.format('c.%I', a.attname), ', ' ORDER BY k.place),
           CASE WHEN t.relkind = 'p' THEN '' ELSE 'ONLY ' END, n.nspname, t.relname,
           pg_catalog.string_agg(pg_catalog.format('c.%I IS NOT NULL', a.attname), ' AND ' ORDER BY k.place),
           rn.nspname, r.relname,
           pg_catalog.string_agg(pg_catalog.format('p.%I = c.%I', b.attname, a.attname), ' AND ' ORDER BY k.place)) AS query
  FROM pg_catalog.pg_constraint f
  JOIN pg_catalog.pg_class t ON t.oid = f.conrelid
  JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace
  JOIN pg_catalog.pg_class r ON r.oid = f.confrelid
  JOIN pg_catalog.pg_namespace rn ON rn.oid = r.relnamespace,
       LATERAL unnest(f.conkey, f.confkey) WITH ORDINALITY AS k(child, parent, place),
       LATERAL (SELECT y.attname FROM pg_catalog.pg_attribute y WHERE y.attrelid = f.conrelid AND y.attnum = k.child) AS a,
       LATERAL (SELECT y.attname FROM pg_catalog.pg_attribute y WHERE y.attrelid = f.confrelid AND y.attnum = k.parent) AS b
 WHERE f.contype = 'f' AND n.nspname = $1 AND t.relname = $2 AND f.conname = $3
 GROUP BY n.nspname, t.relname, t.relkind, rn.nspname, r.relname;
