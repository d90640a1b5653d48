-- What came with PostgreSQL 17.
CREATE TABLE app.numbered (id bigint GENERATED ALWAYS AS IDENTITY, n integer NOT NULL, PRIMARY KEY (id, n)) PARTITION BY LIST (n);
CREATE TABLE app.numbered_1 PARTITION OF app.numbered FOR VALUES IN (1);
CREATE TABLE app.scheduled (id integer, during int4range, EXCLUDE USING gist (during WITH &&));
ALTER TABLE app.scheduled REPLICA IDENTITY FULL;
ALTER TABLE app.everything ADD local_time timestamp DEFAULT (now() AT LOCAL);
