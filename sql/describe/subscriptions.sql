-- The list of this database's subscriptions (\dRs), without their connections, which need a superuser.
-- $1 regular expression for the name, or null: any
SELECT subname AS "Name", pg_catalog.pg_get_userbyid(subowner) AS "Owner", subenabled AS "Enabled",
       subpublications AS "Publication"
  FROM pg_catalog.pg_subscription
 WHERE subdbid = (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database())
   AND ($1::pg_catalog.text IS NULL OR subname OPERATOR(pg_catalog.~) $1 COLLATE pg_catalog.default)
 ORDER BY subname
