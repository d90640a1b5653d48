-- The encoding in which the session sends and receives text, as SET client_encoding does it.
-- $1 the encoding's name
SELECT pg_catalog.set_config('client_encoding', $1, false)
