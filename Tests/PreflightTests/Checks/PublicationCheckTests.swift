import Job
import Libpq
import LocalCluster
import Postgres
import Preflight
import Testing
import Waiting

@Suite(.blocking) struct PublicationCheckTests {
    private func finding(_ fixture: PreflightFixture, _ change: (inout Preflight.Context) throws -> Void = { _ in })
        throws -> Preflight.Finding
    {
        var context = fixture.context()
        try change(&context)
        return try #require(try Preflight.run(context)["publication"])
    }

    @Test func aMissingOneIsCreatedUnlessTheModeIsCDC() throws {
        let fixture = try PreflightFixture()
        #expect(try finding(fixture).message.contains("will be created for 1 table"))
        let cdc = try finding(fixture) { $0.mode = .cdc }
        #expect(cdc.status == .fail && cdc.message == "publication \"pub\" does not exist")
        #expect(cdc.fixSQL == "CREATE PUBLICATION \"pub\" FOR TABLE \"public\".\"users\";")
        try fixture.source.query(try #require(cdc.fixSQL))
        #expect(try finding(fixture) { $0.mode = .cdc }.message == "publication \"pub\" publishes 1 table")
    }

    @Test func creatingItTakesOwnership() throws {
        let fixture = try PreflightFixture()
        let role = try fixture.role("GRANT SELECT ON users TO ROLE")
        let denied = try finding(fixture) { $0.source = .connected(role) }
        #expect(denied.status == .fail)
        #expect(
            denied.found
                == "CREATE on database \"\(fixture.sourceDatabase.name)\" is missing; other roles own public.users")
        let name = "\(fixture.sourceDatabase.name)_role"
        try fixture.source.query(
            "GRANT CREATE ON DATABASE \(fixture.sourceDatabase.name) TO \(name); ALTER TABLE users OWNER TO \(name)")
        #expect(try finding(fixture) { $0.source = .connected(role) }.status == .pass)
        try fixture.source.query("ALTER TABLE users OWNER TO postgres")
    }

    @Test func namedTablesMustBeInIt() throws {
        let fixture = try PreflightFixture(
            "CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (id int PRIMARY KEY); CREATE PUBLICATION pub FOR TABLE a"
        )
        let added = try finding(fixture) { $0.tables = [try TablePattern("a"), try TablePattern("b")] }
        #expect(added.status == .pass && added.message == "publication \"pub\" exists; public.b will be added")
        let cdc = try finding(fixture) {
            $0.tables = [try TablePattern("b")]
            $0.mode = .cdc
        }
        #expect(cdc.status == .fail && cdc.fixSQL == "ALTER PUBLICATION \"pub\" ADD TABLE \"public\".\"b\";")
    }

    @Test func operationsThatAreLeftOutAreTold() throws {
        let fixture = try PreflightFixture(
            "CREATE TABLE a (id int PRIMARY KEY); CREATE PUBLICATION pub FOR TABLE a WITH (publish = 'insert, delete')")
        let warning = try finding(fixture)
        #expect(warning.status == .warn && warning.found == "insert, delete")
        try fixture.source.query(try #require(warning.fixSQL))
        #expect(try finding(fixture).status == .pass)
    }

    @Test func anEmptyOneHasNothingToFollow() throws {
        let fixture = try PreflightFixture("CREATE PUBLICATION pub")
        #expect(try finding(fixture).message == "publication \"pub\" has no tables")
        try fixture.source.query("DROP PUBLICATION pub")
        #expect(try finding(fixture).message == "there is no table to publish")
    }

    @Test func partitionsStandForTheirTable() throws {
        let fixture = try PreflightFixture(
            """
            CREATE TABLE parts (id int PRIMARY KEY) PARTITION BY RANGE (id);
            CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM (0) TO (9);
            CREATE PUBLICATION pub FOR TABLE parts_1
            """)
        #expect(try finding(fixture) { $0.tables = [try TablePattern("parts")] }.status == .pass)
    }

    /// publish_via_partition_root came with 13.
    @Test func whatBecomesOfPartitionsIsNotToldThroughTheirRoot() throws {
        let fixture = try PreflightFixture(
            """
            CREATE TABLE parted (id int PRIMARY KEY) PARTITION BY RANGE (id);
            CREATE TABLE parted_1 PARTITION OF parted FOR VALUES FROM (0) TO (10)
            """)
        guard fixture.source.serverVersion.major >= 13 else { return }
        try fixture.source.query(
            "CREATE PUBLICATION pub FOR TABLE parted WITH (publish_via_partition_root = true)")
        let hybrid = try finding(fixture)
        #expect(hybrid.status == .pass && hybrid.message.contains("as their root"))
        let cdc = try finding(fixture) { $0.mode = .cdc }
        #expect(cdc.status == .warn && cdc.hint?.contains("\\backfill resync") == true)
        try fixture.source.query(try #require(cdc.fixSQL))
        #expect(try finding(fixture) { $0.mode = .cdc }.status == .pass)
    }

    /// Where the job would have to make it, or to add to it, on a source that begins its transactions as read-only.
    @Test func aReadOnlySourceIsToldBeforehand() throws {
        let fixture = try PreflightFixture("CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (id int PRIMARY KEY)")
        let name = fixture.sourceDatabase.name
        try fixture.source.query("ALTER DATABASE \(name) SET default_transaction_read_only = on")
        let session = try fixture.sourceDatabase.connect()
        func found(_ tables: [String] = []) throws -> Preflight.Finding {
            try finding(fixture) {
                $0.source = .connected(session)
                $0.tables = try tables.map { try TablePattern($0) }
            }
        }
        let missing = try found(["a"])
        #expect(missing.status == .fail && missing.found == "default_transaction_read_only is on")
        #expect(missing.message == "publication \"pub\" does not exist, and the job may not write on the source")
        try session.query(try #require(missing.fixSQL))
        #expect(try found(["a"]).status == .pass)
        let incomplete = try found(["b"])
        #expect(incomplete.status == .fail)
        try session.query(try #require(incomplete.fixSQL))
        #expect(try found(["b"]).status == .pass)
        // Another session of the user's own does not help the job.
        try session.query("SET default_transaction_read_only = off")
        try session.query("DROP PUBLICATION pub")
        #expect(try found().status == .fail)
    }
}
