/// One of everything that the describe commands show.
let richSchema = #"""
    CREATE SCHEMA shop;
    COMMENT ON SCHEMA shop IS 'what is sold';
    GRANT USAGE ON SCHEMA shop TO PUBLIC;
    CREATE SCHEMA "Odd ""Schema";
    SET search_path = shop, public;
    CREATE TYPE mood AS ENUM ('sad', 'ok');
    COMMENT ON TYPE mood IS 'a feeling';
    CREATE TYPE address AS (street text COLLATE "C", zip varchar(10));
    CREATE DOMAIN positive AS int DEFAULT 1 NOT NULL CHECK (VALUE > 0) CHECK (VALUE < 1000000);
    COMMENT ON DOMAIN positive IS 'above zero';
    CREATE TABLE customers (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        email text NOT NULL UNIQUE DEFERRABLE INITIALLY DEFERRED,
        name varchar(40) COLLATE "C" DEFAULT 'no''body',
        home address, mood mood DEFAULT 'ok', tags text[], born date CHECK (born > '1900-01-01'),
        full_name text GENERATED ALWAYS AS (upper(name)) STORED);
    COMMENT ON TABLE customers IS 'those who buy';
    COMMENT ON COLUMN customers.name IS E'two\nlines';
    ALTER TABLE customers ALTER COLUMN email SET STATISTICS 50, ALTER COLUMN tags SET STORAGE EXTERNAL;
    CREATE INDEX customers_lower ON customers (lower(name) DESC NULLS LAST, born) WHERE born IS NOT NULL;
    CREATE UNIQUE INDEX customers_name ON customers USING btree (name) INCLUDE (mood);
    CREATE STATISTICS customers_stats (ndistinct, dependencies) ON name, born FROM customers;
    CREATE STATISTICS customers_all ON name, email FROM customers;
    CREATE TABLE orders (
        id serial PRIMARY KEY, customer bigint REFERENCES customers ON DELETE CASCADE, amount numeric(10, 2),
        quantity positive, EXCLUDE USING btree (id WITH =), CONSTRAINT sane CHECK (amount > 0 AND amount < 1e6));
    ALTER TABLE orders REPLICA IDENTITY FULL, CLUSTER ON orders_pkey, SET (fillfactor = 70, toast.autovacuum_enabled = off);
    CREATE VIEW rich AS SELECT id, email FROM customers WHERE id > 10;
    CREATE RULE rich_insert AS ON INSERT TO rich DO INSTEAD NOTHING;
    CREATE MATERIALIZED VIEW totals AS SELECT customer, sum(amount) AS total FROM orders GROUP BY customer;
    CREATE UNIQUE INDEX ON totals (customer);
    COMMENT ON VIEW rich IS 'a view';
    CREATE SEQUENCE counter AS smallint INCREMENT 5 MAXVALUE 500 CYCLE CACHE 10;
    CREATE UNLOGGED TABLE scratch (a int, b int);
    CREATE TABLE parent (a int, CHECK (a > 0));
    CREATE TABLE other_parent (b text);
    CREATE TABLE child (c int) INHERITS (parent, other_parent);
    CREATE TABLE typed OF address (PRIMARY KEY (zip));
    CREATE TABLE events (id int, at date NOT NULL, kind text) PARTITION BY RANGE (at);
    CREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
    CREATE TABLE events_rest PARTITION OF events DEFAULT PARTITION BY RANGE (id);
    CREATE TABLE events_rest_a PARTITION OF events_rest FOR VALUES FROM (MINVALUE) TO (100);
    CREATE INDEX events_at ON events (at);
    ALTER TABLE events ADD PRIMARY KEY (id, at);
    CREATE TABLE event_notes (id int, at date, FOREIGN KEY (id, at) REFERENCES events);
    CREATE TABLE empty_parent (a int) PARTITION BY HASH (a);
    CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
    CREATE TRIGGER noting BEFORE INSERT OR UPDATE OF amount ON orders FOR EACH ROW WHEN (NEW.amount > 5) EXECUTE FUNCTION note('x');
    CREATE TRIGGER sleeping AFTER DELETE ON orders FOR EACH ROW EXECUTE FUNCTION note();
    ALTER TABLE orders DISABLE TRIGGER sleeping;
    CREATE TRIGGER always AFTER DELETE ON orders FOR EACH STATEMENT EXECUTE FUNCTION note();
    ALTER TABLE orders ENABLE ALWAYS TRIGGER always;
    CREATE TRIGGER partitioned BEFORE INSERT ON events FOR EACH ROW EXECUTE FUNCTION note();
    CREATE RULE protect AS ON DELETE TO orders WHERE OLD.amount > 100 DO INSTEAD NOTHING;
    CREATE TABLE secrets (owner name, "Text" text);
    ALTER TABLE secrets ENABLE ROW LEVEL SECURITY;
    CREATE POLICY own ON secrets USING (owner = current_user) WITH CHECK ("Text" <> '');
    CREATE POLICY readers ON secrets AS RESTRICTIVE FOR SELECT TO PUBLIC USING (true);
    CREATE TABLE guarded (a int);
    ALTER TABLE guarded ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY, REPLICA IDENTITY NOTHING;
    CREATE FOREIGN DATA WRAPPER dummy;
    CREATE SERVER far FOREIGN DATA WRAPPER dummy;
    CREATE FOREIGN TABLE remote (a int OPTIONS (column_name 'x y') NOT NULL, b text) SERVER far OPTIONS (table_name 'it''s');
    CREATE TABLE "Odd ""Schema"."Odd Name" ("a b" int, é text DEFAULT 'ü');
    CREATE TABLE public.plain (a int, b text);
    GRANT SELECT, INSERT ON orders TO PUBLIC;
    GRANT SELECT (name), UPDATE (name, email) ON customers TO PUBLIC;
    CREATE FUNCTION add(a int, b int DEFAULT 1, OUT total int) LANGUAGE sql IMMUTABLE AS 'SELECT $1 + $2';
    COMMENT ON FUNCTION add(int, int) IS 'adds';
    CREATE PROCEDURE act(IN x text) LANGUAGE sql BEGIN ATOMIC; SELECT x; END;
    CREATE AGGREGATE product(int) (SFUNC = int4mul, STYPE = int);
    CREATE PUBLICATION everything FOR ALL TABLES;
    CREATE PUBLICATION part_of FOR TABLE orders (id, amount) WHERE (amount > 10), customers WITH (publish = 'insert, update');
    CREATE PUBLICATION by_schema FOR TABLES IN SCHEMA shop;
    COMMENT ON PUBLICATION part_of IS 'a part';
    CREATE FUNCTION on_ddl() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN END $$;
    CREATE EVENT TRIGGER watcher ON ddl_command_end WHEN TAG IN ('CREATE TABLE', 'DROP TABLE') EXECUTE FUNCTION on_ddl();
    COMMENT ON EVENT TRIGGER watcher IS 'sees all';
    ALTER EVENT TRIGGER watcher DISABLE;
    CREATE SUBSCRIPTION feed CONNECTION 'host=nowhere dbname=x' PUBLICATION a, b WITH (connect = false);
    """#
