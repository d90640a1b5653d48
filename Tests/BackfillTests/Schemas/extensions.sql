-- Objects that need extensions.
CREATE SCHEMA ext;
CREATE EXTENSION btree_gist WITH SCHEMA ext;
CREATE EXTENSION citext;
CREATE EXTENSION hstore WITH SCHEMA ext;
CREATE EXTENSION pg_trgm;
COMMENT ON EXTENSION hstore IS 'pairs';
CREATE TABLE app.extended (id integer PRIMARY KEY, mail citext DEFAULT 'A@b.c' NOT NULL UNIQUE, pairs ext.hstore DEFAULT 'a=>1', room integer, during tsrange,
    EXCLUDE USING gist (room WITH =, during WITH &&), CHECK (mail ~ '@'));
CREATE INDEX extended_trigrams ON app.extended USING gin (mail gin_trgm_ops);
CREATE INDEX extended_pairs ON app.extended USING gist (pairs ext.gist_hstore_ops);
CREATE INDEX extended_similar ON app.extended USING gist ((mail::text) gist_trgm_ops);
INSERT INTO app.extended VALUES (1, 'x@y.z');
