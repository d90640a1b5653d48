-- The path by which functions that indexes and constraints call find what they name without a schema. The system's own
-- objects come first.
-- $1 the rest of it; null: none at all
SELECT pg_catalog.set_config('search_path', CASE WHEN $1::pg_catalog.text IS NULL THEN '' ELSE 'pg_catalog, ' || $1 END, false);
