-- A table's or view's triggers that people made, and the system's where disabled. PostgreSQL 13 and later: with the
-- topmost table that a partition's trigger comes from, the nearest ancestor whose trigger of this name has no parent.
-- $1 the relation's OID
-- $2 true: also the internal ones that depend on another trigger, as a partition's are before PostgreSQL 15
SELECT t.tgname, pg_catalog.pg_get_triggerdef(t.oid, true) AS definition, t.tgenabled, t.tgisinternal,
       CASE WHEN t.tgparentid <> 0 THEN
            (SELECT u.tgrelid::pg_catalog.regclass::pg_catalog.text
               FROM pg_catalog.pg_trigger u,
                    pg_catalog.pg_partition_ancestors(t.tgrelid) WITH ORDINALITY AS a(relid, depth)
              WHERE u.tgname = t.tgname AND u.tgrelid = a.relid AND u.tgparentid = 0
              ORDER BY a.depth LIMIT 1) END AS parent
  FROM pg_catalog.pg_trigger t
 WHERE t.tgrelid = $1::pg_catalog.oid
   AND (NOT t.tgisinternal OR t.tgenabled = 'D'
        OR $2::pg_catalog.bool AND EXISTS (
               SELECT FROM pg_catalog.pg_depend d
                WHERE d.objid = t.oid AND d.refclassid = 'pg_catalog.pg_trigger'::pg_catalog.regclass))
 ORDER BY t.tgname
