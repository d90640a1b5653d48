import Backfill
import Job
import Libpq
import LocalCluster
import Postgres
import Testing
import Waiting

/// What a job refuses: with a hint, and before anything is changed on either side.
@Suite(.blocking) struct RefusalTests {
    private static let table = "CREATE TABLE items (id int PRIMARY KEY); INSERT INTO items VALUES (1)"

    /// What a job could have left on a side.
    private static let traces = """
        SELECT (SELECT string_agg(pubname, ',' ORDER BY 1) FROM pg_publication),
               (SELECT string_agg(slot_name, ',' ORDER BY 1) FROM pg_replication_slots), to_regnamespace('scry_backfill')
        """

    private func refused(
        _ job: TestJob, _ settings: JobSettings? = nil, sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> PostgresError {
        let before = try job.both(Self.traces)
        let tables = try job.both("SELECT relname FROM pg_class WHERE relkind = 'r' AND oid > 16383 ORDER BY 1")
        let engine = try RunningEngine(settings ?? job.settings())
        let error = try #require(throws: PostgresError.self, sourceLocation: sourceLocation) { try engine.wait() }
        #expect(error.hint != nil, "\(error)", sourceLocation: sourceLocation)
        let after = try job.both(Self.traces)
        #expect(after == before, sourceLocation: sourceLocation)
        let left = try job.both("SELECT relname FROM pg_class WHERE relkind = 'r' AND oid > 16383 ORDER BY 1")
        #expect(left == tables, sourceLocation: sourceLocation)
        return error
    }

    @Test func theSourceAsItsOwnShadow() throws {
        let job = try TestJob()
        try job.onSource(Self.table)
        var settings = job.settings()
        settings.shadow = settings.source
        #expect(try refused(job, settings).message.contains("same database"))
    }

    @Test func aWALLevelWithoutLogicalDecoding() throws {
        let job = try TestJob(sourceSettings: ["wal_level": "replica"])
        try job.onSource(Self.table)
        #expect(try refused(job).message.contains("wal_level"))
    }

    @Test func noFreeSlot() throws {
        let job = try TestJob(sourceSettings: ["max_replication_slots": "1"])
        try job.onSource(Self.table)
        try job.onSource("SELECT pg_create_physical_replication_slot('taken')")
        #expect(try refused(job).message.contains("slot"))
    }

    @Test func changesWithoutAPublication() throws {
        let job = try TestJob()
        try job.onSource(Self.table)
        try job.onShadow("CREATE TABLE items (id int PRIMARY KEY)")
        let error = try refused(job, job.settings(.cdc))
        #expect(error.message.contains("publication \"scry_publication\" does not exist"))
    }

    @Test func aShadowTableThatHasRows() throws {
        let job = try TestJob()
        try job.onSource(Self.table)
        try job.onShadow("CREATE TABLE items (id int PRIMARY KEY); INSERT INTO items VALUES (7)")
        #expect(try refused(job).message.contains("public.items"))
        #expect(try job.both("SELECT id FROM items").shadow == [["7"]])
    }

    @Test func updatesThatNobodyCouldFind() throws {
        let job = try TestJob()
        try job.onSource("CREATE TABLE items (id int); CREATE PUBLICATION scry_publication FOR TABLE items")
        #expect(try refused(job).message.contains("public.items"))
    }

    @Test func aWrongPassword() throws {
        let job = try TestJob()
        try job.onSource(Self.table + "; CREATE ROLE limited LOGIN REPLICATION PASSWORD 'right'")
        try job.source.setAccessRules(
            """
            local all limited scram-sha-256
            local replication limited scram-sha-256
            local all all trust
            local replication all trust

            """)
        try job.source.restart()
        var settings = job.settings()
        settings.source["user"] = "limited"
        settings.source["password"] = "wrong, and never shown"
        let error = try refused(job, settings)
        #expect(error.sqlState == .invalidPassword)
        #expect(!"\(error)".contains("never shown"))
    }

    @Test func aDatabaseThatDoesNotExist() throws {
        let job = try TestJob()
        for isSource in [true, false] {
            var settings = job.settings()
            if isSource { settings.source["dbname"] = "nowhere" } else { settings.shadow["dbname"] = "nowhere" }
            #expect(try refused(job, settings).message.contains("database \"nowhere\" does not exist"))
        }
    }

    /// The slot reads the log with the catalog of its own time, in which there was none for a while. Since 18 the server
    /// leaves such changes out instead, and the engine copies the tables again.
    @Test func aPublicationMadeAgainDoesNotBringItsChangesBack() throws {
        let job = try TestJob()
        guard try job.source.connect().serverVersion.major < 18 else { return }
        try job.onSource(Self.table)
        try job.whileRunning { () throws(PostgresError) in try job.catchUp() }
        try job.onSource("DROP PUBLICATION scry_publication")
        try job.onSource("INSERT INTO items VALUES (2)")
        try job.onSource("CREATE PUBLICATION scry_publication FOR TABLE items")
        let error = try #require(throws: PostgresError.self) { try RunningEngine(job.settings()).wait() }
        #expect(error.message == "publication \"scry_publication\" does not exist")
        #expect(error.hint?.contains("\\backfill reset --drop-slot") == true)
    }
}
