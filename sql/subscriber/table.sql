-- A relation of the shadow by name, and its columns, as the apply needs them: which may be written, which make up the
-- primary key (one that is deferrable is not unique in the middle of a transaction, so it finds no row), and by which operator a value is found again. An operator is named where the type's default B-tree has one of its own;
-- where not, pg_catalog's = serves.
-- $1 schema, $2 name
SELECT c.oid, c.relkind AS kind, a.attname AS name, t.typname AS type, tn.nspname AS type_schema, t.typtype AS type_kind,
       coalesce(pg_catalog.to_jsonb(a) ->> 'attgenerated', '') AS generated,
       a.attidentity AS identity,
       coalesce(a.attnum = ANY (i.indkey::pg_catalog.int2[]), false) AS in_primary_key,
       (SELECT pg_catalog.quote_ident(opn.nspname) || '.' || o.oprname
          FROM pg_catalog.pg_opclass oc
          JOIN pg_catalog.pg_amop ao ON ao.amopfamily = oc.opcfamily AND ao.amopstrategy = 3
                                    AND ao.amoplefttype = oc.opcintype AND ao.amoprighttype = oc.opcintype
          JOIN pg_catalog.pg_operator o ON o.oid = ao.amopopr
          JOIN pg_catalog.pg_namespace opn ON opn.oid = o.oprnamespace
         WHERE oc.opcmethod = 403 AND oc.opcdefault AND oc.opcintype = a.atttypid LIMIT 1) AS equality
  FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  LEFT JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
  LEFT JOIN pg_catalog.pg_namespace tn ON tn.oid = t.typnamespace
  LEFT JOIN pg_catalog.pg_index i ON i.indrelid = a.attrelid AND i.indisprimary AND i.indimmediate AND i.indisvalid
 WHERE n.nspname = $1 AND c.relname = $2 AND c.relkind IN ('r', 'p', 'f', 'v', 'm')
 ORDER BY a.attnum;
