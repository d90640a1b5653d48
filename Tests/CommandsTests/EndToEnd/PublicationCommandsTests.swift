import Commands
import Configuration
import Job
import Libpq
import LocalCluster
import Postgres
import Subscriber
import Testing
import Waiting

@Suite(.blocking) struct PublicationCommandsTests {
    let fixture: CommandFixture

    init() throws {
        fixture = try CommandFixture(
            """
            CREATE TABLE users (id int PRIMARY KEY, name text);
            CREATE TABLE orders (id int PRIMARY KEY, total numeric, status text);
            CREATE TABLE "Odd T" (id int PRIMARY KEY);
            CREATE TABLE nokey (a int);
            """)
    }

    @Test func publishesAndTellsWhatItDid() throws {
        #expect(
            try fixture.run("publish", "users", "\"Odd T\"").text
                == "publication pub created\npublic.users published\npublic.\"Odd T\" published")
        #expect(
            try fixture.run("publish", "users orders ;").text
                == "public.orders published\npublic.users is published already")
        #expect(try fixture.run("publish", "users", "orders").succeeded)
        #expect(fixture.failure("publish", "nokey")?.hint?.contains("REPLICA IDENTITY FULL") == true)
        #expect(fixture.failure("publish")?.hint?.hasPrefix("Usage: \\publish TABLE") == true)
    }

    @Test func aLineKeepsItsQuotes() throws {
        guard fixture.connection.serverVersion.major >= 15 else { return }
        // As the shell hands over the rest of its line.
        try fixture.connection.query("ALTER TABLE orders REPLICA IDENTITY FULL")
        let output = try fixture.run("publish", " orders where (status = 'not  open') --json ")
        #expect(output.text.hasSuffix("public.orders published"))
        let row = try #require(try fixture.run("publications", "pub", "--verbose").tables.first?.rows.first)
        #expect(row[8] == "public.orders where (status = 'not  open'::text)")
    }

    @Test func aSchemaMayStayClosedToLaterTables() throws {
        try fixture.connection.query("CREATE SCHEMA app; CREATE TABLE app.a (id int PRIMARY KEY)")
        let output = try fixture.run("publish", "schema app")
        try fixture.connection.query("CREATE TABLE app.b (id int PRIMARY KEY)")
        guard fixture.connection.serverVersion.major < 15 else { return #expect(output.warnings.isEmpty) }
        #expect(output.warnings == ["tables that are made in app later stay out of the publication"])
        let again = try fixture.run("publish", "schema app")
        #expect(again.text == "app.b published\napp.a is published already")
        #expect(try again.json()["closed_schemas"] as? [String] == ["app"])
    }

    @Test func takesOutAndDrops() throws {
        _ = try fixture.run("publish", "users orders")
        #expect(try fixture.run("unpublish", "users").text == "public.users taken out")
        #expect(try fixture.run("unpublish", "users").text == "public.users is not published")
        #expect(try fixture.run("unpublish", "--drop").text == "publication pub dropped")
        #expect(try fixture.run("unpublish", "--drop").text == "publication pub does not exist")
        #expect(fixture.failure("unpublish")?.message == "too few arguments for \"unpublish\"")
        #expect(fixture.failure("unpublish", "users")?.message == "publication \"pub\" does not exist")
    }

    @Test func aPublicationInUseIsKept() throws {
        _ = try fixture.run("publish", "users")
        try fixture.connection.query(
            "SELECT pg_create_logical_replication_slot($1, 'pgoutput', true)", ["\(fixture.database.name)_slot"])
        #expect(fixture.failure("unpublish", "--drop")?.message == "publication \"pub\" is in use")
    }

    @Test func publicationsAreListed() throws {
        _ = try fixture.run("publish", "users orders")
        let table = try #require(try fixture.run("publications").tables.first)
        #expect(
            table.columns.map(\.name) == [
                "name", "owner", "all tables", "insert", "update", "delete", "truncate", "via root", "tables",
            ])
        #expect(table.rows == [["pub", "postgres", "f", "t", "t", "t", "t", "f", "2"]])
        #expect(try fixture.run("publications", "x*").tables[0].rows.isEmpty)
        let documents = try fixture.run("publications").json()["publications"] as? [[String: Any]]
        #expect((documents?.first?["tables"] as? [[String: Any]])?.count == 2)
    }

    @Test(arguments: [("LATIN1", "Größe"), ("EUC_JP", "大きさ")])
    func aSourceOfAnotherEncoding(encoding: String, name: String) throws {
        let fixture = try CommandFixture("CREATE TABLE \"\(name)\" (id int PRIMARY KEY)", encoding: encoding)
        _ = try fixture.run("publish", "\"\(name)\"")
        #expect(try fixture.run("tables").tables.first?.rows.map { $0[0] } == ["public.\"\(name)\""])
        #expect(try fixture.run("publications", "--verbose").tables.first?.rows.count == 1)
        _ = try fixture.run("check", "\"\(name)\"")
    }

    @Test func aJobsStateIsNotToBeFollowed() throws {
        let fixture = try CommandFixture(
            "CREATE SCHEMA scry_backfill; CREATE TABLE scry_backfill.job (slot text PRIMARY KEY)")
        let row = try #require(try fixture.run("tables", "scry_backfill.*").tables.first?.rows.first)
        #expect(row.contains { $0?.contains("never followed") == true })
    }

    @Test func tablesTellTheirState() throws {
        _ = try fixture.run("publish", "users")
        try fixture.connection.query("INSERT INTO users SELECT generate_series(1, 100); ANALYZE users")
        let table = try #require(try fixture.run("tables").tables.first)
        let names = table.columns.map(\.name)
        #expect(names.starts(with: ["table", "rows", "size", "replica identity", "key", "published", "state"]))
        #expect(names.last == "problem")
        let rows = Dictionary(uniqueKeysWithValues: table.rows.map { ($0[0] ?? "", $0) })
        #expect(rows.keys.sorted() == ["public.\"Odd T\"", "public.nokey", "public.orders", "public.users"])
        #expect(rows["public.users"]?[1] == "100")
        #expect(rows["public.users"]?[3] == "default" && rows["public.users"]?[4] == "id")
        #expect(rows["public.users"]?[5] == "t" && rows["public.orders"]?[5] == "f")
        #expect(
            rows["public.nokey"]?.last
                == "no primary key, so UPDATE and DELETE would fail on the source once published: add one, or ALTER TABLE \"public\".\"nokey\" REPLICA IDENTITY FULL"
        )
        #expect(try fixture.run("tables", "o*").tables[0].rows.map { $0[0] } == ["public.orders"])
    }

    @Test func tablesTellWhyTheyCanNotBeFollowed() throws {
        let fixture = try CommandFixture(
            """
            CREATE TABLE fine (id int PRIMARY KEY); CREATE VIEW shown AS SELECT * FROM fine;
            CREATE UNLOGGED TABLE quick (id int PRIMARY KEY); CREATE MATERIALIZED VIEW kept AS SELECT * FROM fine;
            CREATE TABLE hidden (id int PRIMARY KEY); ALTER TABLE hidden ENABLE ROW LEVEL SECURITY;
            ALTER TABLE hidden FORCE ROW LEVEL SECURITY
            """)
        func problem(_ table: String) throws -> String? {
            try fixture.run("tables", table).tables[0].rows.first?.last ?? nil
        }
        #expect(try problem("fine") == nil)
        #expect(try problem("shown")?.hasPrefix("a view, ") == true)
        #expect(try problem("kept")?.hasPrefix("a materialized view, ") == true)
        #expect(try problem("quick")?.hasSuffix("ALTER TABLE \"public\".\"quick\" SET LOGGED") == true)
        // A superuser sees all rows.
        #expect(try problem("hidden") == nil)
        #expect(try fixture.run("tables").tables[0].rows.count == 3)
    }

    @Test func tablesTellHowFarTheJobIs() throws {
        let shadow = try SharedCluster.database(.shadow)
        let fixture = try CommandFixture("CREATE TABLE users (id int PRIMARY KEY)", shadow: shadow)
        func state() throws -> String? { try fixture.run("tables").tables[0].rows[0][6] }
        #expect(try state() == nil)
        let store = JobStore(Shadow(try shadow.connect()), slot: fixture.context.configuration.source.replicationSlot)
        try store.bringUpToDate()
        try store.insert(
            publication: "pub", mode: .hybrid, systemIdentifier: "1", timeline: 1, database: fixture.database.name)
        try store.insert([(QualifiedName(schema: "public", name: "users"), nil)], state: .copying)
        #expect(try state() == "copying")
        #expect(try (fixture.run("tables").json()["tables"] as? [[String: Any]])?[0]["state"] as? String == "copying")
    }

    @Test func tablesAreListedWithoutTheirShadow() throws {
        let interrupt = try Interrupt()
        let nowhere = CommandContext(
            configuration: fixture.context.configuration, interrupt: interrupt, source: fixture.context.source,
            shadow: Server(
                .shadow, fixture.database.cluster.connectionString(database: "no_such"), interrupt: interrupt))
        let command = try #require(CommandTable.find(["tables"])?.command)
        let output = try command.run(nowhere, Arguments())
        #expect(output.tables[0].rows.count == 4)
        #expect(output.warnings.first?.hasPrefix("the state in the job is not shown: ") == true)
    }

    @Test func partitionsArePublishedThroughTheirTable() throws {
        try fixture.connection.query(
            """
            CREATE TABLE parts (id int PRIMARY KEY) PARTITION BY RANGE (id);
            CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM (0) TO (9);
            """)
        _ = try fixture.run("publish", "parts")
        #expect(try fixture.run("tables", "parts*").tables[0].rows.map { $0[5] } == ["t", "t"])
    }
}
