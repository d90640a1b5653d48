-- Objects of every kind that PostgreSQL 10 has, with comments, and rows that what is NOT VALID would refuse.
SET client_min_messages = warning;
CREATE SCHEMA app;
CREATE SCHEMA "Odd ""Schema";
COMMENT ON SCHEMA app IS 'the application''s';

-- Types.
CREATE TYPE app.mood AS ENUM ('sad', 'ok', 'glad', 'it''s fine');
COMMENT ON TYPE app.mood IS 'how it goes';
CREATE TYPE app.pair AS (x integer, y numeric(8,2), label varchar(20) COLLATE "C");
COMMENT ON TYPE app.pair IS 'two of them';
COMMENT ON COLUMN app.pair.y IS 'the second';
CREATE TYPE app.nest AS (first app.pair, moods app.mood[]);
CREATE DOMAIN app.positive AS integer DEFAULT 1 NOT NULL CONSTRAINT positive_check CHECK (VALUE > 0);
ALTER DOMAIN app.positive ADD CONSTRAINT positive_small CHECK (VALUE < 1000000);
COMMENT ON DOMAIN app.positive IS 'above zero';
COMMENT ON CONSTRAINT positive_check ON DOMAIN app.positive IS 'the reason';
CREATE DOMAIN app.short AS varchar(8) COLLATE "C";
ALTER DOMAIN app.short ADD CONSTRAINT short_word CHECK (VALUE ~ '^[a-z]*$') NOT VALID;
CREATE DOMAIN app.pairs AS app.pair[] CHECK (array_length(VALUE, 1) < 4);
CREATE FUNCTION app.span(a time, b time) RETURNS double precision LANGUAGE sql IMMUTABLE STRICT
    AS $$ SELECT extract(epoch FROM (a - b))::double precision $$;
CREATE TYPE app.timerange AS RANGE (subtype = time, subtype_diff = app.span);
COMMENT ON TYPE app.timerange IS 'of a day';

-- A type of its own, with operators and a class for indexes.
CREATE TYPE app.word;
CREATE FUNCTION app.word_in(cstring) RETURNS app.word LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION app.word_out(app.word) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE TYPE app.word (INPUT = app.word_in, OUTPUT = app.word_out, INTERNALLENGTH = VARIABLE, STORAGE = extended, COLLATABLE = true);
CREATE FUNCTION app.word_lt(app.word, app.word) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT AS 'text_lt';
CREATE FUNCTION app.word_le(app.word, app.word) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT AS 'text_le';
CREATE FUNCTION app.word_eq(app.word, app.word) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT AS 'texteq';
CREATE FUNCTION app.word_ge(app.word, app.word) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT AS 'text_ge';
CREATE FUNCTION app.word_gt(app.word, app.word) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT AS 'text_gt';
CREATE FUNCTION app.word_cmp(app.word, app.word) RETURNS integer LANGUAGE internal IMMUTABLE STRICT AS 'bttextcmp';
CREATE OPERATOR app.< (LEFTARG = app.word, RIGHTARG = app.word, PROCEDURE = app.word_lt, RESTRICT = scalarltsel, JOIN = scalarltjoinsel);
CREATE OPERATOR app.<= (LEFTARG = app.word, RIGHTARG = app.word, PROCEDURE = app.word_le);
CREATE OPERATOR app.= (LEFTARG = app.word, RIGHTARG = app.word, PROCEDURE = app.word_eq, COMMUTATOR = OPERATOR(app.=), RESTRICT = eqsel, JOIN = eqjoinsel, MERGES);
CREATE OPERATOR app.>= (LEFTARG = app.word, RIGHTARG = app.word, PROCEDURE = app.word_ge, COMMUTATOR = OPERATOR(app.<=));
CREATE OPERATOR app.> (LEFTARG = app.word, RIGHTARG = app.word, PROCEDURE = app.word_gt, COMMUTATOR = OPERATOR(app.<));
CREATE OPERATOR CLASS app.word_ops DEFAULT FOR TYPE app.word USING btree AS
    OPERATOR 1 app.<, OPERATOR 2 app.<=, OPERATOR 3 app.=, OPERATOR 4 app.>=, OPERATOR 5 app.>, FUNCTION 1 app.word_cmp(app.word, app.word);
COMMENT ON OPERATOR CLASS app.word_ops USING btree IS 'as text';
CREATE TABLE app.words (id app.word PRIMARY KEY, other app.word, n integer);
CREATE INDEX words_other ON app.words (other DESC NULLS LAST);
INSERT INTO app.words VALUES ('a', 'b', 1);

-- Functions of every language, an aggregate, a collation, text search.
CREATE FUNCTION app.twice(n integer) RETURNS integer LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 7 AS $$ SELECT n * 2 $$;
COMMENT ON FUNCTION app.twice(integer) IS 'times two';
CREATE FUNCTION app.is_fit(n integer, OUT fits boolean) LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $body$
BEGIN
    -- A comment, 'a quote' and a $1.
    fits := n IS NULL OR n < 100000;
END
$body$;
CREATE FUNCTION app.stamp() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET work_mem = '8MB' AS $$ BEGIN RETURN NEW; END $$;
COMMENT ON FUNCTION app.stamp() IS 'changes nothing';
CREATE FUNCTION app.add_up(state bigint, n integer) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$ SELECT state + coalesce(n, 0) $$;
CREATE AGGREGATE app.total(integer) (SFUNC = app.add_up, STYPE = bigint, INITCOND = '0', PARALLEL = safe);
COMMENT ON AGGREGATE app.total(integer) IS 'the sum';
CREATE FUNCTION app.window_text(a integer[] DEFAULT '{1,2}', VARIADIC b text[] DEFAULT ARRAY['x']::text[]) RETURNS SETOF text LANGUAGE sql STABLE ROWS 5
    AS $$ SELECT unnest(b) $$;
CREATE COLLATION app.plain (LOCALE = 'C');
COMMENT ON COLLATION app.plain IS 'bytes';
CREATE TEXT SEARCH DICTIONARY app.stems (TEMPLATE = snowball, LANGUAGE = english, STOPWORDS = english);
CREATE TEXT SEARCH CONFIGURATION app.english (COPY = simple);
ALTER TEXT SEARCH CONFIGURATION app.english ALTER MAPPING FOR asciiword, word WITH app.stems, simple;
COMMENT ON TEXT SEARCH CONFIGURATION app.english IS 'stems and words';
COMMENT ON TEXT SEARCH DICTIONARY app.stems IS 'of English';

-- Sequences.
CREATE SEQUENCE app.numbers START 100 INCREMENT -5 MINVALUE -1000 MAXVALUE 1000 CACHE 7 CYCLE;
COMMENT ON SEQUENCE app.numbers IS 'downwards';
CREATE SEQUENCE app.smalls AS smallint;

-- One table with all kinds of columns and options.
CREATE TABLE app.everything (
    id serial PRIMARY KEY,
    big bigserial,
    ident integer GENERATED BY DEFAULT AS IDENTITY (START 10 INCREMENT 10),
    sure bigint GENERATED ALWAYS AS IDENTITY,
    amount numeric(12,3) DEFAULT 1.5 NOT NULL,
    mood app.mood DEFAULT 'ok',
    moods app.mood[] DEFAULT '{sad,"it''s fine"}',
    pair app.pair DEFAULT ROW(1, 2.5, 'x'),
    nest app.nest,
    count app.positive,
    short app.short,
    pairs app.pairs,
    span app.timerange,
    made timestamp(3) with time zone DEFAULT now(),
    until date DEFAULT CURRENT_DATE + 7,
    took interval day to second(2),
    bits bit(5) DEFAULT B'10101',
    flags bit varying(9),
    code char(4) DEFAULT 'a',
    note text COLLATE "C" DEFAULT 'it''s',
    local text COLLATE app.plain,
    "Odd ""Name" text DEFAULT E'a\nb\\c',
    doc jsonb DEFAULT '{"a": [1, 2]}',
    words tsvector,
    twice integer DEFAULT app.twice(21),
    num integer DEFAULT nextval('app.numbers'),
    who name DEFAULT CURRENT_USER,
    choice text DEFAULT CASE WHEN random() > 2 THEN 'never' ELSE concat('al', 'ways') END,
    CONSTRAINT fits CHECK (app.is_fit(twice)),
    CONSTRAINT sane CHECK (amount >= 0 AND (note IS NULL OR length(note) BETWEEN 0 AND 1000) OR mood IN ('sad', 'ok')),
    CONSTRAINT when_made CHECK (date_part('year', until) >= 1900 AND extract(month FROM until) > 0),
    CONSTRAINT only_here CHECK (big > 0) NO INHERIT
) WITH (fillfactor = 70, autovacuum_enabled = false, toast.autovacuum_vacuum_threshold = 99);
COMMENT ON TABLE app.everything IS 'all kinds of columns';
COMMENT ON COLUMN app.everything."Odd ""Name" IS E'with a quote '' and\na line end';
COMMENT ON CONSTRAINT fits ON app.everything IS 'calls a function';
ALTER TABLE app.everything DROP COLUMN flags;
ALTER TABLE app.everything ALTER note SET STORAGE EXTERNAL, ALTER doc SET STORAGE MAIN, ALTER note SET STATISTICS 77,
    ALTER doc SET (n_distinct = 5, n_distinct_inherited = -0.5);
INSERT INTO app.everything (span, count) VALUES ('[10:00,11:00)', 5);
ALTER TABLE app.everything ADD CONSTRAINT big_enough CHECK (num > 1000) NOT VALID;
ALTER TABLE app.everything REPLICA IDENTITY FULL;

-- Every kind of index.
CREATE INDEX everything_hash ON app.everything USING hash (note);
CREATE INDEX everything_gin ON app.everything USING gin (doc jsonb_path_ops) WITH (fastupdate = off);
CREATE INDEX everything_words ON app.everything USING gin (to_tsvector('app.english', note));
CREATE INDEX everything_gist ON app.everything USING gist (span);
CREATE INDEX everything_brin ON app.everything USING brin (made) WITH (pages_per_range = 8);
CREATE INDEX everything_expression ON app.everything (lower(note), (amount * 2) DESC, app.twice(twice));
CREATE INDEX everything_partial ON app.everything (mood) WHERE mood <> 'sad' AND amount > 1.5 AND note LIKE 'a%';
CREATE INDEX everything_class ON app.everything (note text_pattern_ops, local COLLATE "C");
CREATE UNIQUE INDEX everything_unique ON app.everything (code, id) WITH (fillfactor = 50);
ALTER TABLE app.everything CLUSTER ON everything_unique;
COMMENT ON INDEX app.everything_gin IS 'of the document';

-- Every kind of constraint.
CREATE TABLE app.parent (a integer, b text, c integer NOT NULL, CONSTRAINT parent_key PRIMARY KEY (a, b) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT parent_c UNIQUE (c), CONSTRAINT parent_bc UNIQUE (b, c) DEFERRABLE INITIALLY DEFERRED);
CREATE UNIQUE INDEX parent_identity ON app.parent (c, a) ;
ALTER TABLE app.parent REPLICA IDENTITY USING INDEX parent_identity;
CREATE TABLE app.child (id integer PRIMARY KEY, c integer REFERENCES app.parent (c) ON UPDATE CASCADE ON DELETE SET NULL,
    other integer CONSTRAINT child_self REFERENCES app.child DEFERRABLE INITIALLY DEFERRED, late integer);
INSERT INTO app.parent VALUES (1, 'x', 1);
INSERT INTO app.child VALUES (1, 1, 1, 77);
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE app.child ADD CONSTRAINT child_late FOREIGN KEY (late) REFERENCES app.parent (c) MATCH FULL NOT VALID;
COMMENT ON CONSTRAINT child_late ON app.child IS 'not yet';
CREATE TABLE app.booking (id integer PRIMARY KEY, room circle, during tsrange, EXCLUDE USING gist (during WITH &&) WHERE (id > 0),
    CONSTRAINT booking_room EXCLUDE USING gist (room WITH &&) DEFERRABLE);
CREATE TABLE app.unkeyed (v integer, w integer);
ALTER TABLE app.unkeyed REPLICA IDENTITY FULL;
CREATE UNLOGGED TABLE app.fleeting (id integer PRIMARY KEY);

-- Triggers, rules, policies, statistics.
CREATE TRIGGER a_first BEFORE INSERT OR UPDATE OF amount, note ON app.everything FOR EACH ROW WHEN (NEW.amount > 5 AND NEW.note IS NOT NULL) EXECUTE PROCEDURE app.stamp('x', 'it''s');
CREATE TRIGGER b_off AFTER DELETE ON app.everything FOR EACH STATEMENT EXECUTE PROCEDURE app.stamp();
ALTER TABLE app.everything DISABLE TRIGGER b_off;
CREATE TRIGGER c_replica AFTER TRUNCATE ON app.everything EXECUTE PROCEDURE app.stamp();
ALTER TABLE app.everything ENABLE REPLICA TRIGGER c_replica;
CREATE TRIGGER d_always AFTER INSERT ON app.child REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE PROCEDURE app.stamp();
CREATE CONSTRAINT TRIGGER e_later AFTER INSERT ON app.child DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE PROCEDURE app.stamp();
ALTER TABLE app.child ENABLE ALWAYS TRIGGER d_always;
COMMENT ON TRIGGER a_first ON app.everything IS 'the first';
CREATE RULE no_delete AS ON DELETE TO app.unkeyed WHERE OLD.v > 5 DO INSTEAD NOTHING;
CREATE RULE also AS ON INSERT TO app.unkeyed DO ALSO DELETE FROM app.unkeyed WHERE unkeyed.w = NEW.v AND unkeyed.v <> NEW.v;
ALTER TABLE app.unkeyed DISABLE RULE also;
COMMENT ON RULE no_delete ON app.unkeyed IS 'never';
ALTER TABLE app.child ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.parent ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY see ON app.child FOR SELECT USING (c > 0);
CREATE POLICY put ON app.child AS RESTRICTIVE FOR INSERT WITH CHECK (c IS NOT NULL);
CREATE POLICY both_ways ON app.parent TO PUBLIC USING (a > 0) WITH CHECK (a > 1);
COMMENT ON POLICY see ON app.child IS 'what is seen';
CREATE STATISTICS app.depends (dependencies) ON code, num FROM app.everything;
CREATE STATISTICS app.every ON a, b FROM app.parent;
COMMENT ON STATISTICS app.depends IS 'of two columns';

-- Rows of views and tables as columns' types.
CREATE VIEW app.seen AS SELECT id, note, extract(year FROM until) AS year FROM app.everything WHERE mood = 'ok';
CREATE MATERIALIZED VIEW app.kept AS SELECT 1 AS one;
COMMENT ON VIEW app.seen IS 'seen';
CREATE TABLE app.rows_of (id integer PRIMARY KEY, seen app.seen, kept app.kept, parent app.parent);
CREATE DOMAIN app.seen_well AS app.seen CHECK ((VALUE).id > 0);
CREATE TABLE app.typed OF app.pair (x WITH OPTIONS NOT NULL, CONSTRAINT typed_key PRIMARY KEY (x));
CREATE TABLE app.seen_rows (id integer PRIMARY KEY, well app.seen_well);
CREATE FUNCTION app.whole(app.typed) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$ SELECT ($1).x > 0 $$;
ALTER TABLE app.typed ADD CONSTRAINT typed_whole CHECK (app.whole(typed));

-- Inheritance, where a key is not inherited.
CREATE TABLE app.base (id integer PRIMARY KEY, v integer CHECK (v > 0) NO INHERIT, w integer NOT NULL CONSTRAINT base_w CHECK (w <> 7));
CREATE TABLE app.second (z text DEFAULT 'z');
CREATE TABLE app.derived (x integer, w integer DEFAULT 3) INHERITS (app.base, app.second);
CREATE TABLE app.derived_again () INHERITS (app.derived);
ALTER TABLE app.derived ALTER z SET DEFAULT 'other';
ALTER TABLE app.second REPLICA IDENTITY FULL;
ALTER TABLE app.derived REPLICA IDENTITY FULL;
ALTER TABLE app.derived_again REPLICA IDENTITY FULL;

-- Partitions by list and range, in two levels, one with another order of columns.
CREATE TABLE app.parted (a integer NOT NULL, b text NOT NULL, c integer DEFAULT 5, d date DEFAULT '2020-01-01') PARTITION BY LIST (b);
CREATE TABLE app.parted_x PARTITION OF app.parted FOR VALUES IN ('x', 'it''s') PARTITION BY RANGE (a, d);
CREATE TABLE app.parted_x_1 (d date, c integer DEFAULT 9, junk integer, b text NOT NULL, a integer NOT NULL);
ALTER TABLE app.parted_x_1 DROP COLUMN junk;
ALTER TABLE app.parted_x ATTACH PARTITION app.parted_x_1 FOR VALUES FROM (0, '2020-01-01') TO (10, MAXVALUE);
CREATE TABLE app.parted_x_2 PARTITION OF app.parted_x (CONSTRAINT own_check CHECK (c > 0)) FOR VALUES FROM (11, MINVALUE) TO (MAXVALUE, MAXVALUE);
CREATE TABLE app.parted_null PARTITION OF app.parted FOR VALUES IN ('n') WITH (fillfactor = 60);
COMMENT ON TABLE app.parted_x_1 IS 'the first part';
CREATE TABLE app.by_time (at timestamp NOT NULL, v integer) PARTITION BY RANGE (at);
CREATE TABLE app.by_time_1 PARTITION OF app.by_time FOR VALUES FROM (MINVALUE) TO ('2021-01-01');
CREATE TABLE app.by_expression (t text NOT NULL) PARTITION BY RANGE (lower(t) COLLATE "C" text_pattern_ops);
CREATE TABLE app.by_expression_1 PARTITION OF app.by_expression FOR VALUES FROM ('a') TO ('n');
ALTER TABLE app.by_time_1 REPLICA IDENTITY FULL;
ALTER TABLE app.by_expression_1 REPLICA IDENTITY FULL;

-- Odd names.
CREATE TABLE "Odd ""Schema"."Odd ""Table, one" ("Key Col" serial PRIMARY KEY, "select" text DEFAULT 'x' CHECK ("select" <> ''));
CREATE INDEX "Odd ""Index" ON "Odd ""Schema"."Odd ""Table, one" ("select");
COMMENT ON TABLE "Odd ""Schema"."Odd ""Table, one" IS 'odd';

-- Many of them.
DO $$
BEGIN
    FOR i IN 1..25 LOOP
        EXECUTE format('CREATE TABLE app.many_%s (id integer PRIMARY KEY, n integer DEFAULT %s, t text, CONSTRAINT many_%s_n CHECK (n <> %s), UNIQUE (n, t))', i, i, i, -i);
        EXECUTE format('CREATE INDEX many_%s_t ON app.many_%s (t, n)', i, i);
        EXECUTE format('CREATE TRIGGER many_trigger AFTER UPDATE ON app.many_%s FOR EACH ROW EXECUTE PROCEDURE app.stamp()', i);
        EXECUTE format('COMMENT ON TABLE app.many_%s IS ''number %s''', i, i);
        EXECUTE format('INSERT INTO app.many_%s SELECT g, g FROM generate_series(1, 3) g', i);
    END LOOP;
END
$$;
