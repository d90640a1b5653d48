-- A table's extended statistics. PostgreSQL 14 and later.
-- $1 the table's OID
SELECT stxrelid::pg_catalog.regclass::pg_catalog.text AS table_name,
       stxnamespace::pg_catalog.regnamespace::pg_catalog.text AS schema, stxname,
       pg_catalog.pg_get_statisticsobjdef_columns(oid) AS columns,
       'd' = ANY (stxkind) AS has_ndistinct, 'f' = ANY (stxkind) AS has_dependencies, 'm' = ANY (stxkind) AS has_mcv,
       nullif(stxstattarget, -1) AS target
  FROM pg_catalog.pg_statistic_ext
 WHERE stxrelid = $1::pg_catalog.oid
 ORDER BY schema, stxname
