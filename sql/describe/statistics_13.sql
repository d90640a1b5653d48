-- A table's extended statistics, up to PostgreSQL 13.
-- $1 the table's OID
SELECT s.stxrelid::pg_catalog.regclass::pg_catalog.text AS table_name,
       s.stxnamespace::pg_catalog.regnamespace::pg_catalog.text AS schema, s.stxname,
       (SELECT pg_catalog.string_agg(pg_catalog.quote_ident(a.attname), ', ')
          FROM pg_catalog.unnest(s.stxkeys) k(attnum)
          JOIN pg_catalog.pg_attribute a ON a.attrelid = s.stxrelid AND a.attnum = k.attnum AND NOT a.attisdropped) AS columns,
       'd' = ANY (s.stxkind) AS has_ndistinct, 'f' = ANY (s.stxkind) AS has_dependencies,
       'm' = ANY (s.stxkind) AS has_mcv,
       nullif((pg_catalog.to_jsonb(s) ->> 'stxstattarget')::pg_catalog.int4, -1) AS target
  FROM pg_catalog.pg_statistic_ext s
 WHERE s.stxrelid = $1::pg_catalog.oid
 ORDER BY s.oid
