-- The objects of this database that logical replication never carries, by kind.
SELECT k.kind, pg_catalog.count(*) AS number,
       (ARRAY_AGG(k.name ORDER BY k.name))[1:5]::pg_catalog.text[] AS names
  FROM (SELECT CASE WHEN c.relkind = 'm' THEN 'materialized view' WHEN c.relkind = 'f' THEN 'foreign table'
                    ELSE 'unlogged table' END AS kind,
               n.nspname || '.' || c.relname AS name
          FROM pg_catalog.pg_class c
          JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
         WHERE (c.relkind IN ('m', 'f') OR c.relkind IN ('r', 'p') AND c.relpersistence = 'u')
           AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
        UNION ALL
        SELECT 'large object', l.oid::pg_catalog.text FROM pg_catalog.pg_largeobject_metadata l) AS k
 GROUP BY k.kind
 ORDER BY k.kind;
