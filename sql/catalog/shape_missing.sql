-- The values that columns have in rows that are older than they. The catalog keeps each in an array of one element, of
-- which the text is read; where another character than a comma separates elements, only if none is quoted.
-- $1 the tables' OIDs, as an array
SELECT a.attrelid AS oid, a.attnum AS number,
       CASE WHEN t.typdelim = ',' THEN (a.attmissingval::pg_catalog.text::pg_catalog.text[])[1]
            WHEN pg_catalog.strpos(a.attmissingval::pg_catalog.text, '"') = 0
            THEN pg_catalog.substr(a.attmissingval::pg_catalog.text, 2, pg_catalog.length(a.attmissingval::pg_catalog.text) - 2)
       END AS value
  FROM pg_catalog.pg_attribute a
  JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
 WHERE a.attrelid = ANY ($1::pg_catalog.oid[]) AND a.attnum > 0 AND NOT a.attisdropped AND a.atthasmissing;
