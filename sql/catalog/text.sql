-- A text, which the server must translate into its own encoding: 22P05 where it cannot.
-- $1 the text
SELECT $1::pg_catalog.text AS text;
