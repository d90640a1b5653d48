-- A relation's rewrite rules.
-- $1 the relation's OID
SELECT rulename, trim(TRAILING ';' FROM pg_catalog.pg_get_ruledef(oid, true)) AS definition, ev_enabled
  FROM pg_catalog.pg_rewrite
 WHERE ev_class = $1::pg_catalog.oid
 ORDER BY rulename
