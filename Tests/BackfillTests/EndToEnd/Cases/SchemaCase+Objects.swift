extension SchemaCase {
    /// Objects that tables need, and those that the shadow cannot have.
    static let objectCases = [
        SchemaCase(
            name: "an index on a function that relies on the database's search_path",
            setup: """
                CREATE SCHEMA app; SET search_path = app, public;
                CREATE FUNCTION norm(t text) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT lower(trim(t)) $$;
                CREATE FUNCTION key(t text) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT norm(t) || '!' $$;
                ALTER DATABASE shop SET search_path = app, public;
                CREATE TABLE people (id int PRIMARY KEY, name text);
                INSERT INTO people SELECT g, ' Name ' || g FROM generate_series(1, 20) g;
                CREATE TABLE other (id int PRIMARY KEY); INSERT INTO other VALUES (1);
                CREATE INDEX other_id ON other (id);
                DO $$ BEGIN
                    IF current_setting('server_version_num')::int < 170000 THEN
                        CREATE UNIQUE INDEX people_key ON people (key(name));
                    END IF;
                END $$;
                """,
            live: "INSERT INTO app.people VALUES (100, '  Zed ')", setAsideSince17: ["app.people_key missing"]),
        SchemaCase(
            name: "functions and types that only the text of a function names",
            setup: """
                CREATE SCHEMA deep; CREATE TYPE deep.mood AS ENUM ('a', 'b');
                CREATE FUNCTION deep.inner(t text) RETURNS bool LANGUAGE plpgsql IMMUTABLE AS
                    $$ BEGIN RETURN t::deep.mood IS NOT NULL; END $$;
                CREATE FUNCTION outer_check(t text) RETURNS bool LANGUAGE sql IMMUTABLE AS 'SELECT deep.inner(t)';
                CREATE TABLE m (id int PRIMARY KEY, t text CHECK (outer_check(t))); INSERT INTO m VALUES (1, 'a');
                """,
            live: "INSERT INTO m VALUES (2, 'b')",
            same: [constraints, "SELECT oid::regprocedure::text FROM pg_proc WHERE oid >= 16384 ORDER BY 1"]),
        SchemaCase(
            name: "an exclusion constraint that needs an extension's operator class", needs: "btree_gist",
            setup: """
                CREATE EXTENSION btree_gist;
                CREATE TABLE bookings (room text, during tsrange, EXCLUDE USING gist (room WITH =, during WITH &&));
                ALTER TABLE bookings REPLICA IDENTITY FULL;
                INSERT INTO bookings VALUES ('123A', '[2010-01-01 14:00, 2010-01-01 15:00)');
                """,
            live:
                "INSERT INTO bookings VALUES ('123B', '[2010-01-01 14:30, 2010-01-01 15:30)'); UPDATE bookings SET room = '123C' WHERE room = '123A'",
            same: [indexes, "SELECT extname FROM pg_extension ORDER BY 1"]),
        SchemaCase(
            name: "a key with an operator class of one's own",
            setup: """
                CREATE FUNCTION back_cmp(int, int) RETURNS int LANGUAGE sql IMMUTABLE STRICT AS 'SELECT btint4cmp($2, $1)';
                CREATE FUNCTION back_lt(int, int) RETURNS bool LANGUAGE sql IMMUTABLE STRICT AS 'SELECT $1 > $2';
                CREATE OPERATOR <| (LEFTARG = int, RIGHTARG = int, PROCEDURE = back_lt);
                CREATE OPERATOR CLASS back_ops FOR TYPE int USING btree AS OPERATOR 1 <|, OPERATOR 3 =, FUNCTION 1 back_cmp(int, int);
                CREATE TABLE backwards (id int PRIMARY KEY, n int); CREATE UNIQUE INDEX backwards_n ON backwards (n back_ops);
                INSERT INTO backwards VALUES (1, 1), (2, 2);
                """,
            live: "INSERT INTO backwards VALUES (3, 3)", same: [indexes]),
        SchemaCase(
            name: "a policy for a role that the shadow's server does not have", server: "CREATE ROLE auditors",
            setup: """
                CREATE TABLE secrets (id int PRIMARY KEY); INSERT INTO secrets VALUES (1);
                CREATE POLICY odd ON secrets TO auditors USING (id % 2 = 1); ALTER TABLE secrets ENABLE ROW LEVEL SECURITY;
                CREATE TABLE others (id int PRIMARY KEY); INSERT INTO others VALUES (1);
                """,
            live: "INSERT INTO secrets VALUES (2); INSERT INTO others VALUES (2)",
            setAside: ["odd on public.secrets missing"],
            events: ["policy odd on public.secrets could not be made in the shadow: role \"auditors\" does not exist"]),
        SchemaCase(
            name: "a shadow without schema public",
            setup: "CREATE TABLE t (id int PRIMARY KEY, v text); INSERT INTO t VALUES (1, 'a')",
            shadow: "DROP SCHEMA public",
            live: "INSERT INTO t VALUES (2, 'b')"),
        SchemaCase(
            name: "literals with blank lines, and with lines that look like comments",
            setup: """
                CREATE TABLE notes (id int PRIMARY KEY, note text DEFAULT E'\\n\\\\restrict x\\n');
                INSERT INTO notes VALUES (1, E'a\\n\\nb'), (2, E'a\\nb'), (3, E'a\\n--x\\nb');
                CREATE UNIQUE INDEX notes_u ON notes ((1)) WHERE note = E'a\\n\\nb';
                CREATE INDEX notes_c ON notes (id) WHERE note = E'a\\n--x\\nb';
                CREATE FUNCTION f() RETURNS text LANGUAGE sql AS E'SELECT ''x''\\n\\n-- c\\n';
                ALTER TABLE notes ADD CHECK (length(note) < 100 OR note = f());
                """,
            live: "INSERT INTO notes VALUES (4, E'q\\n\\nq')",
            same: [
                indexes, "SELECT prosrc FROM pg_proc WHERE proname = 'f'",
                "SELECT pg_get_expr(adbin, adrelid) FROM pg_attrdef WHERE adrelid = 'notes'::regclass",
            ]),
        SchemaCase(
            name: "comments of every kind of object", since: 11,
            setup: """
                CREATE TYPE comp AS (d int); CREATE DOMAIN dom AS int CONSTRAINT dcon CHECK (value > 0);
                CREATE TABLE g (id int PRIMARY KEY, p comp, d dom, s serial, q int REFERENCES g);
                CREATE INDEX gi ON g (d); CREATE STATISTICS gs ON id, d FROM g; CREATE SEQUENCE sq;
                CREATE TABLE h (id int PRIMARY KEY DEFAULT nextval('sq'));
                CREATE FUNCTION trg() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN new; END $$;
                CREATE TRIGGER t1 BEFORE INSERT ON g FOR EACH ROW EXECUTE FUNCTION trg();
                CREATE RULE ru AS ON UPDATE TO g WHERE false DO ALSO NOTHING; CREATE POLICY pol ON g FOR SELECT USING (id > 0);
                COMMENT ON TABLE g IS E'tab\\n--\\n'; COMMENT ON COLUMN g.p IS 'col'; COMMENT ON CONSTRAINT g_pkey ON g IS 'con';
                COMMENT ON CONSTRAINT g_q_fkey ON g IS 'fk'; COMMENT ON INDEX gi IS 'idx'; COMMENT ON STATISTICS gs IS 'sta';
                COMMENT ON SEQUENCE sq IS 'seq'; COMMENT ON TYPE comp IS 'typ'; COMMENT ON COLUMN comp.d IS 'att';
                COMMENT ON DOMAIN dom IS 'dom'; COMMENT ON CONSTRAINT dcon ON DOMAIN dom IS 'dcon';
                COMMENT ON FUNCTION trg() IS 'fun'; COMMENT ON TRIGGER t1 ON g IS 'trg'; COMMENT ON RULE ru ON g IS 'rul';
                COMMENT ON POLICY pol ON g IS 'pol';
                """,
            same: [comments]),
        SchemaCase(
            name: "triggers and rules that always fire",
            setup: """
                CREATE TABLE t (id int PRIMARY KEY, v text, n int DEFAULT 0); CREATE TABLE log (what text);
                CREATE TABLE r (id int PRIMARY KEY); CREATE TABLE r_log (id int PRIMARY KEY);
                ALTER TABLE log REPLICA IDENTITY FULL; INSERT INTO t VALUES (1, 'a');
                CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$
                    BEGIN INSERT INTO public.log VALUES (tg_op || ':' || new.id); new.n := new.n + 1; RETURN new; END $$;
                CREATE TRIGGER tr_a BEFORE INSERT OR UPDATE ON t FOR EACH ROW EXECUTE PROCEDURE f();
                ALTER TABLE t ENABLE ALWAYS TRIGGER tr_a;
                CREATE TRIGGER tr_r BEFORE INSERT OR UPDATE ON t FOR EACH ROW EXECUTE PROCEDURE f();
                ALTER TABLE t ENABLE REPLICA TRIGGER tr_r;
                CREATE RULE ru AS ON INSERT TO r DO ALSO INSERT INTO r_log VALUES (new.id + 100); ALTER TABLE r ENABLE ALWAYS RULE ru;
                """,
            live: "INSERT INTO t VALUES (2, 'b'); UPDATE t SET v = 'c'; INSERT INTO r VALUES (1)",
            sameAfterReset: [triggers],
            setAside: ["ru on public.r disabled", "tr_a on public.t disabled", "tr_r on public.t disabled"],
            events: ["rule ru on public.r is set aside", "trigger tr_a on public.t is set aside"]),
        SchemaCase(
            name: "a partitioned table with a foreign and an unlogged partition", since: 11, needs: "file_fdw",
            setup: """
                CREATE EXTENSION file_fdw; CREATE SERVER files FOREIGN DATA WRAPPER file_fdw;
                CREATE TABLE m (id int, v text) PARTITION BY RANGE (id);
                CREATE TABLE m1 PARTITION OF m (PRIMARY KEY (id)) FOR VALUES FROM (0) TO (100);
                CREATE TABLE m2 PARTITION OF m (PRIMARY KEY (id)) FOR VALUES FROM (100) TO (200);
                CREATE UNLOGGED TABLE mu (id int PRIMARY KEY, v text); ALTER TABLE m ATTACH PARTITION mu FOR VALUES FROM (300) TO (400);
                CREATE FOREIGN TABLE mf PARTITION OF m FOR VALUES FROM (200) TO (300) SERVER files
                    OPTIONS (filename '/dev/null', format 'csv');
                INSERT INTO m VALUES (1, 'a'), (101, 'b'), (301, 'u');
                """,
            live: "INSERT INTO m VALUES (2, 'c'), (102, 'd'), (302, 'u2'); UPDATE m SET id = 103 WHERE id = 1",
            same: ["SELECT * FROM m WHERE id < 200 ORDER BY 1"]),
        SchemaCase(
            name: "an event trigger of the shadow that refuses DDL",
            setup: "CREATE TABLE t (id int PRIMARY KEY, v text); INSERT INTO t VALUES (1, 'a')",
            shadow: """
                CREATE FUNCTION no_ddl() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN
                    IF EXISTS (SELECT FROM pg_event_trigger_ddl_commands() c WHERE c.schema_name = 'public') THEN
                        RAISE EXCEPTION 'DDL is frozen: %', tg_tag; END IF; END $$;
                CREATE EVENT TRIGGER no_ddl ON ddl_command_end EXECUTE PROCEDURE no_ddl();
                """,
            live: "INSERT INTO t VALUES (2, 'b')"),
        SchemaCase(
            name: "names that are keywords of newer servers alone", sourceBefore: 16,
            setup: """
                CREATE TYPE merge_action AS ENUM ('a'); CREATE FUNCTION f(json int, system_user int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1';
                CREATE TABLE absent (id int PRIMARY KEY, system_user int CHECK (system_user > 0), keys text, scalar int, "any" int,
                    json_table merge_action, plan int, CHECK (f(json := 1, system_user := 2) > 0));
                INSERT INTO absent VALUES (1, 1, 'k', 2, 3, 'a', 4); CREATE INDEX plan_i ON absent (system_user, plan);
                """,
            live: "UPDATE absent SET system_user = 5, json_table = NULL"),
        SchemaCase(
            name: "tables of a type, partitions by an own function, an index that is not valid, a view's rows",
            since: 11,
            setup: """
                CREATE TYPE row_t AS (id int, v text); CREATE TABLE typed OF row_t (PRIMARY KEY (id), v WITH OPTIONS DEFAULT 'x');
                CREATE FUNCTION bucket(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1 % 10';
                CREATE TABLE buckets (id int, v text) PARTITION BY LIST (bucket(id));
                CREATE TABLE bucket_1 PARTITION OF buckets FOR VALUES IN (1); CREATE TABLE bucket_d PARTITION OF buckets DEFAULT;
                ALTER TABLE bucket_1 ADD PRIMARY KEY (id); ALTER TABLE bucket_d REPLICA IDENTITY FULL;
                CREATE VIEW vw AS SELECT 1 AS a, 'x'::text AS t; CREATE TABLE holds (id int PRIMARY KEY, r vw, d date DEFAULT current_date);
                INSERT INTO typed (id) VALUES (1); INSERT INTO buckets VALUES (1, 'a'), (2, 'b'); INSERT INTO holds VALUES (1, row(1, 'x'));
                CREATE INDEX broken ON holds (d); UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'broken'::regclass;
                CREATE TABLE "Mixed" (id int PRIMARY KEY, t text COLLATE "C", EXCLUDE (t WITH =) DEFERRABLE);
                INSERT INTO "Mixed" VALUES (1, 'a');
                """,
            live:
                "INSERT INTO buckets VALUES (11, 'c'), (3, 'd'); UPDATE buckets SET v = 'e' WHERE id = 2; INSERT INTO typed VALUES (2, 'y'); UPDATE holds SET r = row(2, 'z')",
            same: [constraints, "SELECT relname, reloftype::regtype::text FROM pg_class WHERE reloftype <> 0"]),
        SchemaCase(
            name: "names that a line or a quote would end",
            setup: #"""
                CREATE TABLE "a
                b -- c" (id int PRIMARY KEY, "col
                umn" serial);
                COMMENT ON TABLE "a
                b -- c" IS 'multi
                line'; INSERT INTO "a
                b -- c" VALUES (1), (2);
                CREATE SCHEMA "Sch.ema %s ""x"""; CREATE TABLE "Sch.ema %s ""x"""."Tab.le" (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                    "select" text, "from" int GENERATED BY DEFAULT AS IDENTITY);
                INSERT INTO "Sch.ema %s ""x"""."Tab.le" ("select") VALUES ('x'), ('y');
                CREATE TABLE "_%*|-&\_" (id int PRIMARY KEY, "a%sb" text, "back\slash" text, "tab\#tt" text, "dollar$1" text);
                INSERT INTO "_%*|-&\_" VALUES (1, '%d', '\N', '\.', '$1');
                CREATE TABLE "éßñ漢字🎉" ("città" int PRIMARY KEY, "漢字" text); INSERT INTO "éßñ漢字🎉" VALUES (1, 'ü');
                CREATE TABLE "a23456789012345678901234567890123456789012345678901234567890123" (id serial PRIMARY KEY, v text);
                CREATE TABLE "ééééééééééééééééééééééééééééééé" (id serial PRIMARY KEY);
                CREATE TABLE " lead" (id int PRIMARY KEY); CREATE TABLE "--dash" (id int PRIMARY KEY); CREATE TABLE "; drop" (id int PRIMARY KEY);
                CREATE TABLE "\restrict x" (id int PRIMARY KEY, v text DEFAULT '\restrict y'); CREATE TABLE "'" (id int PRIMARY KEY, "''" text);
                CREATE TABLE "caf\#u{e9}" (id int PRIMARY KEY, "\#u{e9}" int, "e\#u{301}" int); CREATE TABLE "cafe\#u{301}" (id int PRIMARY KEY);
                INSERT INTO "caf\#u{e9}" VALUES (1, 2, 3); INSERT INTO "cafe\#u{301}" VALUES (7); CREATE TABLE "a""\#u{301}" (id int PRIMARY KEY);
                """#,
            live: #"""
                INSERT INTO "a
                b -- c" VALUES (3); INSERT INTO "Sch.ema %s ""x"""."Tab.le" ("select") VALUES ('z');
                DELETE FROM "Sch.ema %s ""x"""."Tab.le" WHERE id = 1; UPDATE "_%*|-&\_" SET "a%sb" = '%n', "dollar$1" = NULL;
                UPDATE "éßñ漢字🎉" SET "漢字" = 'ö'; INSERT INTO "ééééééééééééééééééééééééééééééé" DEFAULT VALUES;
                INSERT INTO "'" VALUES (2, 'y'); INSERT INTO "--dash" VALUES (1); TRUNCATE "; drop"; INSERT INTO "\restrict x" VALUES (2);
                UPDATE "caf\#u{e9}" SET "\#u{e9}" = 20, "e\#u{301}" = 30; INSERT INTO "cafe\#u{301}" VALUES (8); INSERT INTO "a""\#u{301}" VALUES (1)
                """#,
            same: [
                comments,
                "SELECT relname, relkind FROM pg_class WHERE relnamespace = 'public'::regnamespace ORDER BY relname::text COLLATE \"C\"",
                "SELECT attrelid::regclass::text, attname, pg_get_serial_sequence(attrelid::regclass::text, attname) FROM pg_attribute WHERE attnum > 0 AND attrelid IN (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r') ORDER BY 1, 2",
            ]),
    ]
}
