import Catalog
import Libpq
import LocalCluster
import Postgres
import Publisher
import Testing
import Waiting

@Suite(.blocking) struct PublicationPublishingTests {
    // Closed before the database is dropped, which waits for its sessions.
    let connection: Connection
    let database: TestDatabase

    init() throws {
        database = try SharedCluster.database()
        connection = try database.connect()
        try connection.query(
            """
            CREATE TABLE users (id int PRIMARY KEY, name text);
            CREATE TABLE orders (id int PRIMARY KEY, total numeric, note text);
            CREATE TABLE "Odd ""Name" (id int PRIMARY KEY);
            CREATE TABLE nokey (a int);
            CREATE TABLE fullkey (a int, b int);
            ALTER TABLE fullkey REPLICA IDENTITY FULL;
            CREATE UNLOGGED TABLE unlogged (a int PRIMARY KEY);
            CREATE SCHEMA app;
            CREATE TABLE app.thing (id int PRIMARY KEY);
            CREATE TABLE app.other (id int PRIMARY KEY);
            CREATE TABLE parts (id int PRIMARY KEY) PARTITION BY RANGE (id);
            CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM (0) TO (100);
            CREATE VIEW seen AS SELECT 1 AS one;
            """)
    }

    private func publish(_ text: String) throws(PostgresError) -> PublicationChange {
        try Source(connection).publish(PublicationRequest(text), in: "pub")
    }

    private func unpublish(_ text: String) throws(PostgresError) -> PublicationChange {
        try Source(connection).unpublish(PublicationRequest(text), from: "pub")
    }

    private func published() throws -> [String] {
        try connection.publishedTables(of: ["pub"])["pub"]?.map { "\($0.name)" } ?? []
    }

    private func failure(_ text: String) -> PostgresError? {
        do throws(PostgresError) {
            _ = try publish(text)
            return nil
        } catch {
            return error
        }
    }

    @Test func createsAddsAndSaysAlready() throws {
        let first = try publish("users \"Odd \"\"Name\"")
        #expect(first.wasCreated && first.added == ["public.users", "public.\"Odd \"\"Name\""])
        let second = try publish("users orders")
        #expect(!second.wasCreated && second.added == ["public.orders"] && second.already == ["public.users"])
        #expect(second.statements == ["ALTER PUBLICATION \"pub\" ADD TABLE \"public\".\"orders\""])
        let third = try publish("users, orders app.*")
        #expect(third.added == ["app.other", "app.thing"])
        let fourth = try publish("users orders app.*")
        #expect(fourth.added.isEmpty && fourth.statements.isEmpty && fourth.already.count == 4)
        #expect(
            try published() == ["app.other", "app.thing", "public.\"Odd \"\"Name\"", "public.orders", "public.users"])
    }

    @Test func refusesTablesThatCantBeFollowedAndChangesNothing() throws {
        let nokey = try #require(failure("users nokey"))
        #expect(nokey.message == "public.nokey cannot be published: UPDATE and DELETE there would fail")
        #expect(nokey.hint?.contains("ALTER TABLE \"public\".\"nokey\" REPLICA IDENTITY FULL") == true)
        #expect(nokey.hint?.contains("publish = 'insert'") == true)
        #expect(failure("users unlogged")?.message == "unlogged table \"public.unlogged\" cannot be published")
        #expect(failure("users seen")?.message.contains("is a view") == true)
        #expect(failure("users pg_catalog.pg_class")?.message.contains("is a system table") == true)
        #expect(failure("nope*")?.message == "no table matches \"nope*\"")
        #expect(failure("users nope")?.message == "table \"nope\" does not exist")
        #expect(failure("users thing")?.hint?.contains("app.thing") == true)
        #expect(try connection.publication("pub") == nil)
    }

    @Test func aPublicationOfInsertsTakesTablesWithoutKey() throws {
        try connection.query("CREATE PUBLICATION pub WITH (publish = 'insert')")
        #expect(try publish("nokey").added == ["public.nokey"])
    }

    @Test func wildcardsSkipWhatCantBePublished() throws {
        try connection.query("DROP TABLE nokey")
        let change = try publish("*")
        #expect(change.skipped == ["public.unlogged (unlogged)"])
        #expect(change.added.contains("public.users"))
        if connection.serverVersion.major >= 13 {
            #expect(change.added.contains("public.parts") && !change.added.contains("public.parts_1"))
        } else {
            #expect(!change.added.contains("public.parts") && change.added.contains("public.parts_1"))
        }
        #expect(try published().contains("public.parts_1"))
        #expect(try publish("*").added.isEmpty)
        #expect(try publish("parts_1").already == ["public.parts_1"])
    }

    @Test func allTables() throws {
        #expect(failure("all")?.message.contains("public.nokey") == true)
        try connection.query("ALTER TABLE nokey REPLICA IDENTITY FULL")
        #expect(try publish("all").added == ["all tables"])
        #expect(try publish("all").already == ["all tables"])
        #expect(try publish("users").already == ["public.users"])
        #expect(throws: PostgresError.self) { try unpublish("users") }
        #expect(try Source(connection).dropPublication("pub", usedBySlot: "none").wasDropped)
        #expect(try Source(connection).dropPublication("pub", usedBySlot: "none").already == ["publication pub"])
        _ = try publish("users")
        #expect(failure("all")?.hint?.contains("\\publish *.*") == true)
    }

    @Test func schemas() throws {
        let change = try publish("schema app")
        #expect(try published() == ["app.other", "app.thing"])
        #expect(change.wasCreated)
        if connection.serverVersion.major >= 15 {
            #expect(change.added == ["schema app"])
            try connection.query("CREATE TABLE app.later (id int PRIMARY KEY)")
            #expect(try published() == ["app.later", "app.other", "app.thing"])
            #expect(try publish("app.thing").already == ["app.thing"])
            #expect(throws: PostgresError.self) { try unpublish("app.thing") }
        } else {
            #expect(change.added == ["app.other", "app.thing"])
        }
        #expect(try publish("schema app").added.isEmpty)
        #expect(failure("schema nope")?.message == "schema \"nope\" does not exist")
        _ = try unpublish("schema app")
        #expect(try published().isEmpty)
        #expect(try unpublish("schema app").already == ["schema app"])
    }

    @Test func columnsAndConditions() throws {
        guard connection.serverVersion.major >= 15 else {
            #expect(failure("orders (id)")?.message == "column lists and row filters need PostgreSQL 15")
            return
        }
        #expect(try publish("orders (id, total) where (id > 3)").added == ["public.orders"])
        let member = try #require(try connection.publicationMembers(of: ["pub"])["pub"]?.first)
        #expect(member.columns == ["id", "total"] && member.rowFilter == "(id > 3)")
        #expect(try publish("orders").already == ["public.orders"])
        #expect(try publish("orders (total, id) where (id  >  3)").already == ["public.orders"])
        #expect(try publish("orders (id, note)").changed == ["public.orders"])
        #expect(try connection.publicationMembers(of: ["pub"])["pub"]?.first?.columns == ["id", "note"])
        // Identities are kept whole, or UPDATE fails on the source.
        #expect(failure("orders (note)")?.detail == "The replica identity has also: id.")
        #expect(failure("fullkey (a)")?.detail == "Its replica identity is FULL, which is all columns.")
        #expect(failure("users where (name = 'x')")?.detail == "These are: name.")
        #expect(failure("orders (id) orders (note, id)")?.message.contains("named twice") == true)
        #expect(failure("users where (no = 1)")?.sqlState == SQLState("42703"))
        #expect(try published() == ["public.orders"])
        #expect(connection.transactionStatus == .idle)
    }

    @Test func isPartOfTheUsersTransaction() throws {
        try connection.query("BEGIN")
        _ = try publish("users")
        if connection.serverVersion.major >= 15 {
            #expect(failure("orders where (note = 'x')") != nil)
            #expect(connection.transactionStatus == .inTransaction)
        }
        #expect(try published() == ["public.users"])
        try connection.query("ROLLBACK")
        #expect(try connection.publication("pub") == nil)
    }

    @Test func takesOut() throws {
        _ = try publish("users orders app.*")
        let change = try unpublish("users fullkey app.t*")
        #expect(change.removed == ["public.users", "app.thing"] && change.already == ["public.fullkey"])
        #expect(try published() == ["app.other", "public.orders"])
        #expect(throws: PostgresError.self) { try unpublish("nope") }
        #expect(throws: PostgresError.self) {
            try Source(connection).unpublish(PublicationRequest("users"), from: "no")
        }
    }

    @Test func anOwnerWithoutSuperuserPublishes() throws {
        let role = "\(database.name)_owner"
        try connection.query(
            """
            CREATE ROLE \(role) LOGIN;
            GRANT CREATE ON DATABASE \(database.name) TO \(role);
            CREATE TABLE mine (id int PRIMARY KEY);
            ALTER TABLE mine OWNER TO \(role);
            CREATE SCHEMA own AUTHORIZATION \(role);
            CREATE TABLE own.t (id int PRIMARY KEY);
            ALTER TABLE own.t OWNER TO \(role);
            """)
        defer { _ = try? connection.query("DROP OWNED BY \(role); DROP ROLE \(role)") }
        let owner = try Connection(
            database.cluster.connectionString(database: database.name, user: role), interrupt: Interrupt())
        // TABLES IN SCHEMA is for superusers: the tables are taken one by one.
        #expect(try Source(owner).publish(PublicationRequest("mine"), in: "pub2").added == ["public.mine"])
        #expect(try Source(owner).publish(PublicationRequest("schema own"), in: "pub2").added == ["own.t"])
        #expect {
            try Source(owner).publish(PublicationRequest("users"), in: "pub2")
        } throws: {
            ($0 as? PostgresError)?.sqlState == .insufficientPrivilege
        }
        try connection.query("ALTER TABLE nokey REPLICA IDENTITY FULL")
        #expect {
            try Source(owner).publish(.allTables, in: "pub3")
        } throws: {
            ($0 as? PostgresError)?.hint?.contains("\\publish *.*") == true
        }
        try connection.query("DROP PUBLICATION pub2")
    }

    @Test func aJobsStateIsNotPublished() throws {
        try connection.query("CREATE SCHEMA scry_backfill; CREATE TABLE scry_backfill.job (slot text PRIMARY KEY)")
        for words in ["scry_backfill.job", "schema scry_backfill"] {
            let error = try #require(#expect(throws: PostgresError.self) { _ = try publish(words) })
            #expect(
                error.message.hasSuffix("cannot be published") && error.detail?.contains("state of the job") == true)
        }
        #expect(try publish("*.job app.thing").skipped == ["scry_backfill.job (a job's state)"])
        _ = try publish("schema app scry*")
        #expect(try Source(connection).sentTables(of: "pub")?.contains { $0.table.isState } == false)
    }
}
