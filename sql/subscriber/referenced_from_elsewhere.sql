-- Whether a foreign key of any other table points to one of these tables or their partitions.
-- $1 OIDs
WITH RECURSIVE emptied(oid) AS (
    SELECT t.oid FROM pg_catalog.unnest($1::pg_catalog.oid[]) AS t(oid)
    UNION
    SELECT i.inhrelid
      FROM emptied e
      JOIN pg_catalog.pg_inherits i ON i.inhparent = e.oid
      JOIN pg_catalog.pg_class c ON c.oid = i.inhrelid AND c.relispartition
)
SELECT EXISTS (
    SELECT FROM pg_catalog.pg_constraint k
     WHERE k.contype = 'f' AND k.confrelid IN (SELECT oid FROM emptied) AND k.conrelid NOT IN (SELECT oid FROM emptied)
) AS is_referenced;
