import Backfill
import Libpq
import LocalCluster
import Postgres
import Testing
import Waiting

@Suite(.blocking) struct EngineTests {
    @Test func copiesThenFollows() throws {
        let job = try TestJob()
        // Generated columns came with 12; 18 holds NOT NULL in pg_constraint.
        let upper = try job.source.connect().serverVersion.major >= 12 ? "GENERATED ALWAYS AS (upper(name)) STORED" : ""
        try job.onSource(
            """
            CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
            CREATE DOMAIN positive AS int CHECK (VALUE > 0);
            CREATE TYPE point3 AS (x int, y int, z text);
            CREATE TABLE users (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL, m mood, n positive,
              tags text[], at point3, doc jsonb, big text, upper_name text \(upper));
            CREATE TABLE "Odd ""Name" ("Key Col" serial PRIMARY KEY, "select" numeric);
            CREATE TABLE orders (id bigserial PRIMARY KEY, user_id int REFERENCES users, total numeric(10,2));
            CREATE TABLE nokey (a int, b text, c float8, d json);
            ALTER TABLE nokey REPLICA IDENTITY FULL;
            CREATE TABLE parted (id int, at date, note text, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
            CREATE TABLE parted_1 PARTITION OF parted FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
            CREATE TABLE parted_2 PARTITION OF parted FOR VALUES FROM ('2021-01-01') TO ('2022-01-01');
            CREATE INDEX ON orders (user_id);
            INSERT INTO users (name, m, n, tags, at, doc, big)
              SELECT 'user ' || i, 'ok', i, ARRAY['a', 'b,"c'], ROW(i, NULL, 'z')::point3, '{"a": 1}', repeat(md5(i::text), 400)
                FROM generate_series(1, 500) i;
            INSERT INTO "Odd ""Name" ("select") SELECT i / 7.0 FROM generate_series(1, 100) i;
            INSERT INTO orders (user_id, total) SELECT 1 + i % 500, i FROM generate_series(1, 2000) i;
            INSERT INTO nokey SELECT i % 5, NULL, '-0', '{"k":1}' FROM generate_series(1, 20) i;
            INSERT INTO parted SELECT i, date '2020-01-01' + i, 'n' FROM generate_series(1, 600) i;
            """)
        try job.whileRunning { () throws(PostgresError) in
            try job.catchUp()
            try job.onSource(
                """
                INSERT INTO users (name, m) VALUES ('é ü', 'happy');
                UPDATE users SET name = 'changed' WHERE id <= 10;
                UPDATE users SET id = DEFAULT WHERE name = 'é ü';
                DELETE FROM orders WHERE id % 7 = 0;
                UPDATE "Odd ""Name" SET "Key Col" = "Key Col" + 1000 WHERE "Key Col" < 5;
                UPDATE nokey SET b = 'x' WHERE ctid IN (SELECT ctid FROM nokey WHERE a = 1 LIMIT 1);
                DELETE FROM nokey WHERE ctid IN (SELECT ctid FROM nokey WHERE a = 2 LIMIT 1);
                UPDATE parted SET at = '2021-06-01' WHERE id = 5;
                BEGIN; INSERT INTO orders (user_id, total) VALUES (1, 1); SAVEPOINT s; INSERT INTO orders (user_id, total) VALUES (2, 2);
                ROLLBACK TO s; COMMIT;
                """)
            try job.catchUp()
            for table in ["users", "\"Odd \"\"Name\"", "orders", "nokey", "parted"] {
                let rows = try job.both("SELECT t::text FROM \(table) t ORDER BY 1")
                #expect(!rows.source.isEmpty)
                #expect(rows.source == rows.shadow, "table \(table)")
            }
            try job.onSource("TRUNCATE orders, nokey RESTART IDENTITY")
            try job.catchUp()
            #expect(try job.both("SELECT count(*) FROM orders").shadow == [["0"]])
        }
        let sequences = try job.both("SELECT last_value, is_called FROM users_id_seq")
        #expect(sequences.source == sequences.shadow)
        let keys = try job.both(
            """
            SELECT conname, contype, pg_get_constraintdef(oid) FROM pg_constraint
             WHERE connamespace = 'public'::regnamespace AND contype <> 'n' ORDER BY 1
            """
        )
        #expect(keys.source == keys.shadow)
        let identity = try job.both(
            "SELECT attidentity FROM pg_attribute WHERE attrelid = 'users'::regclass AND attname = 'id'")
        #expect(identity.source == identity.shadow)

        // It goes on where it stopped.
        try job.onSource("INSERT INTO orders (user_id, total) VALUES (3, 3)")
        try job.whileRunning { () throws(PostgresError) in
            try job.catchUp()
            let rows = try job.both("SELECT * FROM orders")
            #expect(rows.source == rows.shadow)
        }
    }
}
