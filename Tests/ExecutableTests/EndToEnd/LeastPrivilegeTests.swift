import Foundation
import Libpq
import LocalCluster
import Postgres
import Testing
import Waiting

/// Everything works as the role that `\role create` makes, with a publication that the tables' owner has made.
@Suite(.blocking) struct LeastPrivilegeTests {
    private static let rules = """
        local all postgres trust
        local all app_owner trust
        host all all 127.0.0.1/32 scram-sha-256

        """

    private static let schema = """
        CREATE SCHEMA app; CREATE SCHEMA "Odd ""S";
        CREATE TYPE app.mood AS ENUM ('sad', 'ok');
        CREATE DOMAIN app.positive AS int CHECK (VALUE > 0);
        CREATE FUNCTION app.twice(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1 * 2';
        CREATE TABLE app.users (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text, m app.mood DEFAULT 'ok',
          n app.positive, big text);
        CREATE TABLE app.orders (id serial PRIMARY KEY, user_id int REFERENCES app.users, total numeric);
        CREATE INDEX ON app.orders (app.twice(user_id));
        CREATE TABLE "Odd ""S"."T 1" ("Key" int PRIMARY KEY, doc jsonb);
        ALTER TABLE "Odd ""S"."T 1" REPLICA IDENTITY FULL;
        INSERT INTO app.users (name, n, big) SELECT 'u' || i, i, repeat(md5(i::text), 300) FROM generate_series(1, 200) i;
        INSERT INTO app.orders (user_id, total) SELECT i, i FROM generate_series(1, 200) i;
        INSERT INTO "Odd ""S"."T 1" SELECT i, '{"a": 1}' FROM generate_series(1, 20) i;
        """

    private let pair: ProductionPair

    init() throws {
        pair = try ProductionPair(settings: [:], accessRules: Self.rules)
        try pair.source.run("CREATE ROLE app_owner LOGIN; GRANT CREATE ON DATABASE shop TO app_owner")
        try owner(Self.schema)
        let made = try pair.run(
            "", ["role", "create", "scry_replication", "--password-file", "password"], as: .administrator,
            files: ["password": ProductionPair.password])
        try #require(made.status == 0, "\(made.errors)")
        try owner("CREATE PUBLICATION scry_publication FOR TABLE app.users, app.orders, \"Odd \"\"S\".\"T 1\"")
    }

    private func owner(_ sql: String) throws(PostgresError) {
        let connection = try pair.source.connect(database: "shop", user: "app_owner")
        try connection.query(sql)
    }

    @Test(arguments: [
        ["check"], ["check", "app.*"], ["tables", "--verbose"], ["publications", "--verbose"], ["slots", "--verbose"],
        ["wal"], ["hba"], ["role", "check", "scry_replication"], ["role", "create", "scry_replication"],
        ["role", "create", "scry_replication", "--print"], ["backfill", "status"], ["backfill", "tables"],
        ["slot", "create", "role_slot"], ["publish", "app.users"],
    ]) func commands(_ words: [String]) throws {
        let run = try pair.run("", words, as: .role)
        #expect(run.status == 0, "\(run.errors)\n\(run.output)")
        #expect(!run.errors.contains("ERROR"))
    }

    /// psql's own commands.
    @Test func describing() throws {
        let script = """
            SET search_path = app, "Odd ""S";
            \\d
            \\d+ app.*
            \\d "Odd ""S".*
            \\dt+ *.*
            \\di+ app.*
            \\ds+ app.*
            \\dn+
            \\dT+ app.*
            \\dD app.*
            \\df+ app.*
            \\du+
            \\l
            \\dp app.*
            \\dRp+
            \\dRs
            \\dx
            \\dconfig
            \\conninfo
            SELECT count(*) FROM app.users;
            """
        let run = try pair.run(script, as: .role)
        #expect(run.status == 0 && !run.errors.contains("ERROR"), "\(run.errors)")
    }

    /// The role cannot do more than it was made for, and says why.
    @Test func refusals() throws {
        try owner("CREATE TABLE app.more (id int PRIMARY KEY)")
        for words in [
            ["publish", "app.more"], ["unpublish", "app.users"], ["reload"], ["role", "create", "another"],
        ] {
            let run = try pair.run("", words, as: .role)
            #expect(run.status == 1, "\(words): \(run.output)")
            #expect(run.errors.contains("ERROR") && run.errors.contains("HINT:"), "\(words): \(run.errors)")
        }
        let update = try pair.run("UPDATE app.users SET name = 'x';\n", as: .role)
        #expect(update.status == 3 && update.errors.contains("permission denied for"))
    }

    @Test func theWholeJob() throws {
        let started = try pair.run(
            "\\check\n\\backfill start\n\\backfill wait caught-up --timeout 120\n", as: .role)
        #expect(started.status == 0, "\(started.errors)\n\(started.output)")
        // What comes later is covered too: rows, a table, its sequence.
        try owner(
            """
            INSERT INTO app.users (name) VALUES ('new'); UPDATE app.users SET name = 'changed' WHERE id < 5;
            DELETE FROM app.orders WHERE id < 10; UPDATE "Odd ""S"."T 1" SET doc = NULL WHERE "Key" = 1;
            CREATE TABLE app.later (id serial PRIMARY KEY); INSERT INTO app.later SELECT FROM generate_series(1, 10);
            ALTER PUBLICATION scry_publication ADD TABLE app.later;
            """)
        let again = try pair.run(
            """
            \\backfill stop
            \\backfill start
            \\backfill wait caught-up --timeout 120
            \\backfill status
            \\backfill tables
            \\backfill events
            \\slots
            \\tables
            \\backfill stop
            """, as: .role)
        #expect(again.status == 0, "\(again.errors)\n\(again.output)")
        for table in ["app.users", "app.orders", "app.later", "\"Odd \"\"S\".\"T 1\""] {
            let rows = try pair.both("SELECT t::text FROM \(table) t ORDER BY 1")
            #expect(rows.source == rows.shadow && !rows.source.isEmpty, "\(table)")
        }
        let sequences = try pair.both(
            """
            SELECT (SELECT last_value FROM app.users_id_seq), (SELECT last_value FROM app.orders_id_seq),
                   (SELECT last_value FROM app.later_id_seq)
            """)
        #expect(sequences.source == sequences.shadow && sequences.source == [["201", "200", "10"]])
    }
}
