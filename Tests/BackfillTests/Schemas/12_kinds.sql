-- What came with PostgreSQL 12.
ALTER TYPE app.mood ADD VALUE 'so so' BEFORE 'ok';
CREATE TABLE app.generated (id integer PRIMARY KEY, n integer NOT NULL, double integer GENERATED ALWAYS AS (n * 2) STORED,
    year double precision GENERATED ALWAYS AS (date_part('year', '2020-01-01'::timestamp + n * interval '1 day')) STORED, words tsvector GENERATED ALWAYS AS (to_tsvector('app.english', n::text)) STORED);
INSERT INTO app.generated VALUES (1, 3);
CREATE STATISTICS app.common (mcv, ndistinct) ON mood, code, num FROM app.everything;
CREATE TABLE app.to_parts (id integer PRIMARY KEY, hashed bigint REFERENCES app.hashed);
CREATE INDEX everything_path ON app.everything (jsonb_path_exists(doc, '$.a[*] ? (@ > 1)'));
