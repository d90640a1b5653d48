-- What came with PostgreSQL 11.
CREATE INDEX everything_including ON app.everything (num) INCLUDE (note, amount);
CREATE INDEX everything_targets ON app.everything ((amount + 1), (id * 2));
ALTER INDEX app.everything_targets ALTER COLUMN 1 SET STATISTICS 250;
CREATE TABLE app.covered (id integer, n integer, CONSTRAINT covered_key UNIQUE (id) INCLUDE (n));
CREATE TABLE app.hashed (id bigint PRIMARY KEY, v text, CONSTRAINT hashed_v CHECK (v <> 'no')) PARTITION BY HASH (id);
CREATE TABLE app.hashed_0 PARTITION OF app.hashed FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE app.hashed_1 PARTITION OF app.hashed FOR VALUES WITH (MODULUS 2, REMAINDER 1);
CREATE TABLE app.parted_rest PARTITION OF app.parted DEFAULT;
ALTER TABLE app.parted ADD CONSTRAINT parted_key PRIMARY KEY (a, b, d) ;
CREATE INDEX parted_c ON app.parted (c);
CREATE INDEX parted_only ON ONLY app.parted (d);
COMMENT ON INDEX app.parted_c IS 'in all partitions';
ALTER TABLE app.hashed ADD COLUMN child integer;
ALTER TABLE app.hashed ADD CONSTRAINT hashed_child FOREIGN KEY (child) REFERENCES app.child;
CREATE TRIGGER of_parts AFTER INSERT ON app.hashed FOR EACH ROW EXECUTE FUNCTION app.stamp();
ALTER TABLE app.everything ADD COLUMN quick integer DEFAULT 42 NOT NULL;
CREATE PROCEDURE app.unused() LANGUAGE sql AS $$ SELECT 1 $$;
INSERT INTO app.hashed SELECT g, 'x' FROM generate_series(1, 9) g;
