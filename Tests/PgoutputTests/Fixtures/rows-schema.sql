-- Tables of every replica identity, and types that are not built in.
CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
CREATE DOMAIN positive AS integer CHECK (VALUE > 0);
CREATE TYPE pair AS (first integer, second text);
CREATE SCHEMA "Odd ""Schema";

CREATE TABLE by_key (
    id integer PRIMARY KEY, name varchar(20), amount numeric(10, 2), at timestamptz, doubled integer
    GENERATED ALWAYS AS (id * 2) STORED, big text);
ALTER TABLE by_key ALTER big SET STORAGE EXTERNAL;
CREATE TABLE by_full (a integer, b text, big text);
ALTER TABLE by_full ALTER big SET STORAGE EXTERNAL;
ALTER TABLE by_full REPLICA IDENTITY FULL;
CREATE TABLE by_index (a integer NOT NULL, b text NOT NULL, c text);
CREATE UNIQUE INDEX by_index_key ON by_index (b, a);
ALTER TABLE by_index REPLICA IDENTITY USING INDEX by_index_key;
CREATE TABLE by_nothing (a integer);
ALTER TABLE by_nothing REPLICA IDENTITY NOTHING;
CREATE TABLE types (
    id integer PRIMARY KEY, m mood, p positive, c pair, l integer[], j jsonb, y bytea, f double precision, u uuid, b boolean,
    k regclass);
CREATE TABLE "Odd ""Schema"."Tab le" ("Col ""umn" integer PRIMARY KEY, "émoji 🙂" text);
CREATE TABLE no_columns ();
CREATE TABLE parent (id serial PRIMARY KEY);
CREATE TABLE child (id serial PRIMARY KEY, parent integer REFERENCES parent);
CREATE TABLE parted (id integer PRIMARY KEY, v text) PARTITION BY RANGE (id);
CREATE TABLE parted_low PARTITION OF parted FOR VALUES FROM (0) TO (100);

CREATE PUBLICATION p FOR ALL TABLES WITH (publish_via_partition_root = true);
SELECT pg_replication_origin_create(:'DBNAME');
