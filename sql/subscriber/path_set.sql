-- For the rest of the transaction.
-- $1 search_path
SELECT pg_catalog.set_config('search_path', $1, true);
