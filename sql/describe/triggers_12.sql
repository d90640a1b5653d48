-- A table's or view's triggers that people made, and the system's where disabled, up to PostgreSQL 12.
-- $1 the relation's OID
-- $2 true: also the internal ones that depend on another trigger, as a partition's are since PostgreSQL 11
SELECT t.tgname, pg_catalog.pg_get_triggerdef(t.oid, true) AS definition, t.tgenabled, t.tgisinternal,
       NULL::pg_catalog.text AS parent
  FROM pg_catalog.pg_trigger t
 WHERE t.tgrelid = $1::pg_catalog.oid
   AND (NOT t.tgisinternal OR t.tgenabled = 'D'
        OR $2::pg_catalog.bool AND EXISTS (
               SELECT FROM pg_catalog.pg_depend d
                WHERE d.objid = t.oid AND d.refclassid = 'pg_catalog.pg_trigger'::pg_catalog.regclass))
 ORDER BY t.tgname
