-- What came with PostgreSQL 13 and 14.
CREATE FUNCTION app.standard(n integer) RETURNS integer LANGUAGE sql IMMUTABLE RETURN n + 1;
CREATE FUNCTION app.standard_query(n integer) RETURNS bigint LANGUAGE sql STABLE BEGIN ATOMIC
    SELECT app.total(c) FROM app.parent WHERE a > n AND b IN ('x', 'y');
    SELECT count(*) FROM app.parent p JOIN app.child USING (c) WHERE late = 1 AND p.b = 'x' GROUP BY p.a;
END;
CREATE TABLE app.spans (id integer PRIMARY KEY, all_day datemultirange, squeezed text COMPRESSION pglz,
    next bigint DEFAULT app.standard(1) + app.standard_query(2), month numeric GENERATED ALWAYS AS (extract(month FROM timestamp '2020-05-01' + id * interval '1 day')) STORED);
CREATE STATISTICS app.expressions ON (id % 3), squeezed FROM app.spans;
ALTER STATISTICS app.expressions SET STATISTICS 55;
CREATE INDEX spans_tree ON app.spans USING gist (all_day multirange_ops);
CREATE INDEX spans_words ON app.spans USING gist (to_tsvector('app.english', squeezed) tsvector_ops (siglen = 100));
