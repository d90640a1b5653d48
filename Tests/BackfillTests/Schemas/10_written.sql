-- Expressions that a server writes otherwise than they were typed, or otherwise once they were dumped and restored.
CREATE TABLE app.expressed (
    id bigint PRIMARY KEY, v varchar(10), t text, c char(3), n numeric, i integer, s smallint, r real, d double precision, b boolean,
    ts timestamp, tz timestamptz, dt date, tm time, iv interval, a integer[], va varchar[], j jsonb, x app.pair, m app.mood, by bytea,
    CHECK (v IN ('a', 'b', 'c')),
    CHECK (v NOT IN ('y', 'z')),
    CHECK (v = 'q' OR v = ANY (ARRAY['a', 'b'])),
    CHECK (c IN ('a', 'bb')),
    CHECK (t IN ('x', 'y') AND t <> ALL ('{p,q}'::text[])),
    CHECK (m IN ('ok', 'glad')),
    CHECK (i IN (1, 2, -3)), CHECK (s IN (1, 2)), CHECK (id IN (1, 2, 3000000000)), CHECK (n IN (1, 2.5)), CHECK (r IN (1.5, 2)),
    CHECK (n BETWEEN -1 AND 1e10), CHECK (i > -2147483648), CHECK (r > 0.1 AND d < 1e-300), CHECK (d <> 'NaN'),
    CHECK (t LIKE 'a%' OR t ILIKE 'b_' OR t SIMILAR TO '(a|b)%' OR t !~* 'c' OR t NOT LIKE '\%' ESCAPE '!'),
    CHECK (v || t <> 'ab' AND upper(v::text) <> lower(t) AND v::varchar(3) <> 'x'),
    CHECK (substring(t FROM 2 FOR 3) <> 'x' AND substring(t, 1) <> 'y' AND position('a' IN t) > 0 AND overlay(t PLACING 'x' FROM 1) <> 'z'),
    CHECK (trim(both ' ' FROM t) <> '' AND trim(t) <> 'x' AND ltrim(t) <> 'y'),
    CHECK (extract(epoch FROM ts) > 0 AND extract(year FROM dt) > 1900 AND date_part('day', tz) > 0 AND extract(hour FROM tm) >= 0 AND extract(days FROM iv) >= 0),
    CHECK ((tz AT TIME ZONE 'UTC') > '2000-01-01' AND (ts AT TIME ZONE 'Europe/Berlin') > tz),
    CHECK (ts > '2000-01-01 00:00:00' AND tz > '2000-01-01 00:00:00+02' AND dt > '1999-12-31' AND tm < '23:59' AND iv < '1 mon 2 days 03:04:05.678'),
    CHECK ((ts, ts + iv) OVERLAPS (ts, '1 day'::interval)),
    CHECK (date_trunc('month', ts) = ts OR ts < localtimestamp OR dt <= current_date),
    CHECK (a[1] > 0 AND a[1:2] <> '{1}' AND 3 = ANY (a) AND a && ARRAY[1, 2] AND array_length(a, 1) < 9 AND va <> ARRAY['x', 'y']::varchar[]),
    CHECK (j -> 'a' ->> 'b' <> 'c' AND j #>> '{x,y}' <> '' AND j @> '{"k": 1}' AND j ? 'a'),
    CHECK ((x).x > 0 AND x IS NOT NULL AND (x).y <> 2.5 AND x <> ROW(1, 2.5, 'a')::app.pair),
    CHECK (b IS TRUE OR b IS NOT UNKNOWN OR NOT b OR (i > 0) = b), CHECK (b), CHECK (NOT b AND i IS NULL),
    CHECK (i IS DISTINCT FROM 3 AND nullif(i, 0) > 1 AND coalesce(n, 0, i) > 0 AND greatest(i, 5) > least(n, 6)),
    CHECK (CASE i WHEN 1 THEN t WHEN 2 THEN 'x' END <> '' AND CASE WHEN i > 3 THEN true ELSE false END),
    CHECK (i % 2 = 0 AND i / 2 > -1 AND i << 2 > 0 AND ~i < 0 AND |/ d > 0 AND i::bigint * 2 > 0 AND @ i > 0 AND -i < 0 AND +i > 0),
    CHECK (ROW(i, t) > ROW(1, 'a') AND (i, n) IN ((1, 2), (3, 4)) AND ROW(i, n) IS NOT NULL),
    CHECK (t COLLATE "C" > 'a' AND t || 'x' COLLATE "C" <> ''),
    CHECK (by <> '\x00ff' AND length(by) < 5 AND E'\\\'\n' <> t AND t <> U&'\00e9'),
    CHECK (num_nonnulls(i, n) > 0 AND concat(t, i, n) <> '' AND format('%s', i) <> '' AND i::text <> t AND t::integer > 0 AND b::integer > 0),
    CHECK (current_setting('app.x', true) IS NULL OR session_user <> current_user),
    CHECK (t IS NOT NULL)
);
CREATE TABLE app.valued (
    id integer PRIMARY KEY, d double precision DEFAULT '0.1', r real DEFAULT '0.3', d2 double precision DEFAULT '1e-7'::float8 + '123456789.123'::float8,
    n name DEFAULT 'x', p point DEFAULT '(0.1,2)', m money DEFAULT '1.50', i interval DEFAULT '-1 day -02:03', u uuid DEFAULT 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11',
    net inet DEFAULT '10.0.0.0/8', r4 int4range DEFAULT '[1,5)', tz timestamptz DEFAULT '2020-06-01 12:00+02', t time DEFAULT '10:00', b boolean DEFAULT 'yes', big bigint DEFAULT 9223372036854775807,
    small smallint DEFAULT -32768, oid oid DEFAULT 1, c "char" DEFAULT 'q', cl regclass DEFAULT 'app.parent', f regprocedure DEFAULT 'app.twice(integer)', ty regtype DEFAULT 'app.mood',
    vb bit varying DEFAULT B'', h timestamp DEFAULT 'infinity', arr numeric(5,2)[] DEFAULT '{1.5,NULL}', e text DEFAULT '', q text DEFAULT E'\\ '' " $1 %',
    CONSTRAINT "Odd ""Constraint" CHECK (n <> 'y' AND c <> 'z' AND d <> 0.1::float8 AND r <> '0.7'::real)
);
CREATE INDEX valued_name ON app.valued (n, c);
-- Names that are keywords in some versions.
CREATE TYPE app.json AS ENUM ('a');
CREATE FUNCTION app.normalize(a integer, "user" integer) RETURNS integer LANGUAGE sql IMMUTABLE AS $$ SELECT a + "user" $$;
CREATE TABLE app.merge_action (id integer PRIMARY KEY, json app.json DEFAULT 'a', normalize text, "user" text, json_value text,
    CONSTRAINT json_object CHECK (json IS NOT NULL OR normalize <> "user" OR app.normalize(id, 2) > 0));
CREATE INDEX json_array ON app.merge_action (json, normalize) WHERE json_value <> 'x';
COMMENT ON COLUMN app.merge_action.json IS 'a keyword since 17';
CREATE TABLE app.flagged (b boolean, n numeric) PARTITION BY LIST (b);
CREATE TABLE app.flagged_true PARTITION OF app.flagged FOR VALUES IN ('true', NULL) PARTITION BY RANGE (n);
CREATE TABLE app.flagged_true_1 PARTITION OF app.flagged_true FOR VALUES FROM (-1.50) TO (100000000000);
ALTER TABLE app.flagged_true_1 REPLICA IDENTITY FULL;
CREATE INDEX expressed_open ON app.expressed (id) WHERE v IN ('a', 'b');
CREATE INDEX expressed_text ON app.expressed ((t || ' ' || coalesce(v, '')), (j ->> 'a'), (dt - 1), (i::text), date_trunc('day', ts)) WHERE v = 'x' AND NOT b;
CREATE INDEX expressed_part ON app.expressed (extract(year FROM ts), substring(v FROM 1 FOR 2), (tz AT TIME ZONE 'UTC')) WHERE i NOT IN (3, 4);
CREATE POLICY among ON app.expressed USING (EXISTS (SELECT 1 FROM app.child k JOIN app.parent p USING (c) WHERE k.id = expressed.id AND v IN ('a', 'b') LIMIT 1));
CREATE POLICY own ON app.expressed FOR UPDATE USING (t = CURRENT_USER AND i IN (SELECT c FROM app.parent WHERE a > 1 ORDER BY b DESC NULLS LAST)) WITH CHECK ((SELECT max(c) FROM app.parent) > i);
CREATE TRIGGER when_changed BEFORE UPDATE ON app.expressed FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.* AND NEW.v IN ('a', 'b')) EXECUTE PROCEDURE app.stamp();
CREATE RULE insert_too AS ON UPDATE TO app.expressed WHERE OLD.v IN ('a', 'b') DO ALSO
    INSERT INTO app.unkeyed (v, w) SELECT p.c, 1 FROM app.parent p LEFT JOIN app.child k ON k.c = p.c WHERE p.c > 1 AND NEW.v NOT IN ('x', 'y') GROUP BY p.c HAVING count(*) > 1;
CREATE RULE update_too AS ON DELETE TO app.expressed DO ALSO (UPDATE app.unkeyed SET v = OLD.i, w = (SELECT max(a) FROM app.parent) WHERE w = OLD.i; NOTIFY gone);
ALTER TABLE app.expressed ALTER v SET DEFAULT 'a', ALTER c SET DEFAULT 'x', ALTER n SET DEFAULT -1, ALTER d SET DEFAULT '-Infinity', ALTER iv SET DEFAULT '1 year 2 mons', ALTER tz SET DEFAULT '2020-01-01 00:00+00',
    ALTER a SET DEFAULT ARRAY[]::integer[], ALTER va SET DEFAULT ARRAY['a', 'b'], ALTER x SET DEFAULT (1, 2, 'y'), ALTER b SET DEFAULT NOT true, ALTER j SET DEFAULT jsonb_build_object('a', ARRAY[1, 2]), ALTER by SET DEFAULT '\x0102', ALTER ts SET DEFAULT (now() AT TIME ZONE 'utc'), ALTER dt SET DEFAULT 'today'::date, ALTER t SET DEFAULT md5(random()::text);
