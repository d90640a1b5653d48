-- What came with PostgreSQL 18.
CREATE TABLE app.virtual (id integer PRIMARY KEY, n integer CONSTRAINT n_is_there NOT NULL, double integer GENERATED ALWAYS AS (n * 2), CONSTRAINT trusted CHECK (n > 0) NOT ENFORCED);
ALTER TABLE app.virtual ADD late text;
ALTER TABLE app.virtual ADD CONSTRAINT late_is_there NOT NULL late NOT VALID;
CREATE TABLE app.temporal (id int4range, during daterange, CONSTRAINT temporal_key PRIMARY KEY (id, during WITHOUT OVERLAPS));
CREATE TABLE app.temporal_child (id integer PRIMARY KEY, parent int4range, during daterange, FOREIGN KEY (parent, PERIOD during) REFERENCES app.temporal (id, PERIOD during));
ALTER TABLE app.temporal REPLICA IDENTITY FULL;
