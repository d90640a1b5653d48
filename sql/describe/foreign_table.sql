-- A foreign table's server and options.
-- $1 the table's OID
SELECT s.srvname,
       pg_catalog.array_to_string(ARRAY(
           SELECT pg_catalog.quote_ident(option_name) || ' ' || pg_catalog.quote_literal(option_value)
             FROM pg_catalog.pg_options_to_table(f.ftoptions)), ', ') AS options
  FROM pg_catalog.pg_foreign_table f
  JOIN pg_catalog.pg_foreign_server s ON s.oid = f.ftserver
 WHERE f.ftrelid = $1::pg_catalog.oid
