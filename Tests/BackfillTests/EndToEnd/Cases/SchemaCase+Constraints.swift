extension SchemaCase {
    /// Rows that the shadow's constraints would refuse.
    static let constraintCases = [
        SchemaCase(
            name: "a CHECK that is NOT VALID, which old rows break",
            setup: """
                CREATE TABLE staff (id int PRIMARY KEY, name varchar NOT NULL);
                INSERT INTO staff VALUES (1, 'abcde'), (2, 'zz');
                ALTER TABLE staff ADD CONSTRAINT no_abc CHECK (name !~ 'abc') NOT VALID;
                COMMENT ON CONSTRAINT no_abc ON staff IS 'since May';
                """,
            live: "INSERT INTO staff VALUES (3, 'new')", same: [constraints, comments]),
        SchemaCase(
            name: "a domain's constraint that is NOT VALID, which old values break",
            setup: """
                CREATE DOMAIN positive AS int;
                CREATE TABLE amounts (id int PRIMARY KEY, n positive, a positive[]);
                INSERT INTO amounts VALUES (1, -5, '{-1,2}'), (2, 7, NULL);
                ALTER DOMAIN positive ADD CONSTRAINT pos CHECK (value > 0) NOT VALID;
                """,
            live: "INSERT INTO amounts VALUES (3, 9, '{1}'); UPDATE amounts SET a = '{4}' WHERE id = 2",
            same: [constraints]),
        SchemaCase(
            name: "an update that keeps an old value which its domain forbids",
            setup: """
                CREATE DOMAIN positive AS int;
                CREATE TABLE amounts (id int PRIMARY KEY, n positive, v text);
                INSERT INTO amounts VALUES (1, -5, 'x');
                ALTER DOMAIN positive ADD CONSTRAINT pos CHECK (value > 0) NOT VALID;
                """,
            live: "UPDATE amounts SET v = 'y' WHERE id = 1", sameAfterReset: [constraints],
            setAside: ["pos on public.positive missing"],
            events: ["domain constraint pos on public.positive is set aside in the shadow: it refuses a row"]),
        SchemaCase(
            name: "a CHECK that calls a function which reads another table",
            setup: """
                CREATE TABLE words (id bigserial PRIMARY KEY, word varchar(32) NOT NULL UNIQUE);
                INSERT INTO words (word) VALUES ('a'), ('b');
                CREATE FUNCTION is_word(w varchar) RETURNS bool LANGUAGE sql STABLE AS
                    $$ SELECT EXISTS (SELECT FROM words WHERE word = w) $$;
                CREATE TABLE a_texts (id bigserial PRIMARY KEY, word varchar(32) NOT NULL CHECK (is_word(word)));
                INSERT INTO a_texts (word) SELECT 'a' FROM generate_series(1, 1000);
                """,
            live: "INSERT INTO words (word) VALUES ('j'); INSERT INTO a_texts (word) VALUES ('j')", same: [constraints]),
        SchemaCase(
            name: "a CHECK whose function fails in the shadow",
            setup: """
                CREATE FUNCTION fits(n int) RETURNS bool LANGUAGE plpgsql AS $$
                    BEGIN IF n > coalesce(current_setting('shop.level', true), '3')::int THEN RAISE EXCEPTION 'too high'; END IF;
                    RETURN true; END $$;
                CREATE TABLE heights (n int PRIMARY KEY CHECK (fits(n)));
                INSERT INTO heights VALUES (1), (2);
                """,
            // The log has the row, not what the function has seen.
            live: "SET shop.level = 9; INSERT INTO heights VALUES (9)",
            setAside: ["heights_n_check on public.heights missing"],
            events: [
                "table constraint heights_n_check on public.heights is set aside in the shadow: it calls a function"
            ]),
        SchemaCase(
            name: "a CHECK that depends on the time zone",
            setup: """
                SET timezone = 'Asia/Tokyo';
                CREATE TABLE calls (id int PRIMARY KEY, at timestamptz CONSTRAINT morning CHECK (extract(hour FROM at) < 12));
                INSERT INTO calls VALUES (1, '2026-01-01 08:00'), (2, '2026-01-01 11:00');
                """,
            live: "SET timezone = 'Asia/Tokyo'; INSERT INTO calls VALUES (3, '2026-01-02 08:00')",
            sameAfterReset: ["SELECT conname FROM pg_constraint WHERE conname = 'morning'"],
            setAside: ["morning on public.calls missing"],
            events: [
                "table constraint morning on public.calls is NOT VALID in the shadow",
                "table constraint morning on public.calls is set aside in the shadow: it refuses a row",
            ]),
        SchemaCase(
            name: "an orphan under a foreign key that is marked valid",
            setup: """
                CREATE TABLE parents (id int PRIMARY KEY);
                CREATE TABLE children (id int PRIMARY KEY, parent int REFERENCES parents);
                INSERT INTO parents VALUES (1); INSERT INTO children VALUES (1, 1);
                SET session_replication_role = replica; INSERT INTO children VALUES (2, 99);
                """,
            live: "INSERT INTO parents VALUES (2); INSERT INTO children VALUES (3, 2)",
            same: ["SELECT conname FROM pg_constraint WHERE contype = 'f' AND connamespace = 'public'::regnamespace"],
            setAside: ["children_parent_fkey on public.children not valid"],
            events: [
                "foreign key children_parent_fkey of public.children is NOT VALID in the shadow: rows of the source (1)"
            ]),
        SchemaCase(
            name: "equal rows under a unique index that is corrupt",
            setup: """
                CREATE TABLE codes (id int PRIMARY KEY, code text); CREATE UNIQUE INDEX codes_code ON codes (code);
                UPDATE pg_index SET indisready = false, indisvalid = false WHERE indexrelid = 'codes_code'::regclass;
                INSERT INTO codes VALUES (1, 'x'), (2, 'x'), (3, 'y');
                UPDATE pg_index SET indisready = true, indisvalid = true WHERE indexrelid = 'codes_code'::regclass;
                CREATE TABLE others (id int PRIMARY KEY); INSERT INTO others VALUES (1);
                """,
            live: "INSERT INTO codes VALUES (4, 'z'); INSERT INTO others VALUES (2)",
            setAside: ["public.codes_code missing"],
            events: [
                "index public.codes_code of public.codes is left out of the shadow: rows of the source are equal in its key"
            ]),
        SchemaCase(
            name: "constraints that only the shadow has",
            setup: """
                CREATE TABLE loose (id int PRIMARY KEY, n int, code text, note text);
                INSERT INTO loose VALUES (1, -1, 'a', NULL);
                """,
            shadow: """
                CREATE TABLE loose (id int PRIMARY KEY, n int, code text UNIQUE, note text NOT NULL);
                ALTER TABLE loose ADD CONSTRAINT positive CHECK (n > 0);
                """,
            live: "INSERT INTO loose VALUES (2, -2, 'a', 'x'), (3, 3, 'b', NULL)",
            sameAfterReset: ["SELECT count(*) FROM loose"],
            setAside: [
                "loose_code_key on public.loose missing", "positive on public.loose missing",
                "public.loose.note nullable",
            ],
            events: [
                "table column public.loose.note is set aside in the shadow: it refuses a row",
                "table constraint positive on public.loose is NOT VALID in the shadow",
                "table constraint positive on public.loose is set aside in the shadow: it refuses a row",
                "table constraint loose_code_key on public.loose is set aside in the shadow: it refuses a row",
            ]),
        SchemaCase(
            name: "inherited CHECKs, of partitions and of children", since: 11,
            setup: """
                CREATE TABLE roots (id int, n int CHECK (n > 0) NO INHERIT, CONSTRAINT c CHECK (id < 1000));
                CREATE TABLE kids (x int, CONSTRAINT c CHECK (id < 1000)) INHERITS (roots);
                ALTER TABLE roots REPLICA IDENTITY FULL; ALTER TABLE kids REPLICA IDENTITY FULL;
                CREATE TABLE parts (id int PRIMARY KEY, v int CONSTRAINT v_check CHECK (v > 0)) PARTITION BY RANGE (id);
                CREATE TABLE part_1 PARTITION OF parts (CONSTRAINT own CHECK (v < 100)) FOR VALUES FROM (0) TO (100);
                CREATE TABLE part_2 PARTITION OF parts FOR VALUES FROM (100) TO (200);
                INSERT INTO roots VALUES (1, 1); INSERT INTO kids VALUES (2, -1, 3); INSERT INTO parts VALUES (1, 1), (101, 101);
                """,
            live: "INSERT INTO kids VALUES (3, -1, 3); INSERT INTO parts VALUES (2, 2), (102, 102)",
            same: [
                constraints,
                "SELECT conrelid::regclass::text, conname, coninhcount, conislocal FROM pg_constraint WHERE contype = 'c' AND connamespace = 'public'::regnamespace ORDER BY 1, 2",
            ]),
        SchemaCase(
            name: "a column list without a NOT NULL column", since: 10, sourceSince: 15,
            setup: """
                CREATE TABLE people (id int PRIMARY KEY, email text NOT NULL, secret text NOT NULL, note text,
                    loud text GENERATED ALWAYS AS (upper(email)) STORED);
                INSERT INTO people (id, email, secret) SELECT g, 'e' || g, 's' || g FROM generate_series(1, 5) g;
                CREATE PUBLICATION scry_publication FOR TABLE people (id, email);
                """,
            live: """
                INSERT INTO people (id, email, secret) VALUES (6, 'e6', 's6'); UPDATE people SET email = 'x' WHERE id = 1;
                UPDATE people SET secret = 'y' WHERE id = 2; DELETE FROM people WHERE id = 3
                """,
            same: ["SELECT id, email FROM people ORDER BY 1"], setAside: ["public.people.secret nullable"],
            events: [
                "table column public.people.secret is set aside in the shadow: the publication does not send the column"
            ],
            partlySent: ["public.people"]),
        SchemaCase(
            name: "keys that change places under a deferrable key",
            setup: """
                CREATE TABLE k (id int PRIMARY KEY DEFERRABLE INITIALLY IMMEDIATE, v text);
                CREATE TABLE k2 (a int, b int, v text, PRIMARY KEY (a, b) DEFERRABLE INITIALLY DEFERRED);
                ALTER TABLE k REPLICA IDENTITY FULL; ALTER TABLE k2 REPLICA IDENTITY FULL;
                INSERT INTO k SELECT g, 'v' || g FROM generate_series(1, 6) g;
                INSERT INTO k2 SELECT g, g, 'v' || g FROM generate_series(1, 6) g;
                """,
            live: """
                UPDATE k SET id = 7 - id; UPDATE k2 SET a = 7 - a, b = 7 - b;
                BEGIN; UPDATE k2 SET a = 1, b = 1 WHERE v = 'v2'; UPDATE k2 SET a = 5, b = 5 WHERE v = 'v6'; COMMIT;
                DELETE FROM k WHERE v = 'v3'
                """,
            same: [constraints]),
    ]
}
