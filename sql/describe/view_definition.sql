-- A view's query.
-- $1 the view's OID
SELECT pg_catalog.pg_get_viewdef($1::pg_catalog.oid, true) AS definition
