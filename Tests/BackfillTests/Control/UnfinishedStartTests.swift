import Backfill
import Libpq
import LocalCluster
import Postgres
import Testing
import Waiting

/// Nothing is left on the source after a start that failed.
@Suite(.blocking) struct UnfinishedStartTests {
    private static let items = "CREATE TABLE items (id int PRIMARY KEY, n int); INSERT INTO items VALUES (1, 1)"

    private static func traces(_ job: TestJob) throws(PostgresError) -> [[String?]] {
        try job.both("SELECT pubname FROM pg_publication UNION ALL SELECT slot_name FROM pg_replication_slots").source
    }

    @Test func aStartThatFailsTakesBackWhatItMade() throws {
        let job = try TestJob()
        try job.onSource(Self.items)
        // The copy finds no place for a column.
        try job.onShadow("CREATE TABLE items (id int PRIMARY KEY)")
        let engine = try RunningEngine(job.settings())
        let error = try #require(throws: PostgresError.self) { try engine.wait() }
        #expect(error.sqlState.code == "42703", "\(error)")
        #expect(try Self.traces(job) == [])
        try job.onShadow("ALTER TABLE items ADD n int")
        try job.whileRunning { () throws(PostgresError) in try job.catchUp() }
        #expect(try job.both("SELECT id, n FROM items").shadow == [["1", "1"]])
    }

    /// What the user made stays.
    @Test func aPublicationThatWasThereStays() throws {
        let job = try TestJob()
        try job.onSource(Self.items + "; CREATE PUBLICATION scry_publication FOR TABLE items")
        try job.onShadow("CREATE TABLE items (id int PRIMARY KEY)")
        let engine = try RunningEngine(job.settings())
        #expect(throws: PostgresError.self) { try engine.wait() }
        #expect(try Self.traces(job) == [["scry_publication"]])
    }

    @Test func aStartThatIsKilledLeavesANote() throws {
        let job = try TestJob()
        try job.onSource(Self.items)
        // The slot's creation waits for this transaction.
        let writer = try job.source.connect(database: "shop")
        try writer.query("BEGIN; INSERT INTO items VALUES (2, 2)")
        let engine = try EngineProcess(job)
        try waitUntil { () throws(PostgresError) in try Self.traces(job).count == 2 }
        engine.kill()
        try writer.query("COMMIT")
        let control = JobControl(try job.shadow.connect(database: "shop"), slot: job.slot)
        try waitUntil { () throws(PostgresError) in try !control.isRunning }
        #expect(try control.hasUnfinishedStart)
        _ = try control.undoStart(on: try job.source.connect(database: "shop"), interrupt: try Interrupt())
        #expect(try Self.traces(job) == [])
        #expect(try !control.hasUnfinishedStart)
    }
}
