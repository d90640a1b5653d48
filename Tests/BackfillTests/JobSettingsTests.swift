import Backfill
import Job
import Libpq
import LocalCluster
import Postgres
import Testing
import Waiting

/// What a job's settings bring about in a running engine.
@Suite(.blocking) struct JobSettingsTests {
    private static let count = 6

    /// Workers that wait for a lock can be counted. SHARE keeps rows from being written and lets all be read.
    @Test(arguments: [1, 3]) func asManyTablesAtOnceAsAsked(jobs: Int) throws {
        let job = try TestJob()
        for number in 1...Self.count {
            try job.onSource("CREATE TABLE t\(number) (id int); INSERT INTO t\(number) VALUES (\(number))")
            try job.onShadow("CREATE TABLE t\(number) (id int)")
        }
        var settings = job.settings(.snapshot, jobs: jobs)
        settings.copySchema = false
        let locker = try job.shadow.connect(database: "shop")
        try locker.query("BEGIN")
        for number in 1...Self.count { try locker.query("LOCK TABLE t\(number) IN SHARE MODE") }
        let engine = try RunningEngine(settings)
        let observer = try job.shadow.connect(database: "shop")
        var seen: [Int] = []
        // Many more snapshots after the first that has all of them: a worker too many would show.
        try waitUntil {
            let waiting = try observer.query("SELECT count(*) FROM pg_locks WHERE NOT granted")[0, 0]
            seen.append(Int(waiting ?? "") ?? -1)
            return seen.count { $0 == jobs } >= 50
        }
        try locker.query("ROLLBACK")
        try engine.wait()
        #expect(seen.max() == jobs)
        #expect(try job.both("SELECT id FROM t\(Self.count)").shadow == [["\(Self.count)"]])
    }

    /// Each worker has a session, whose name newer servers log.
    @Test(arguments: [1, 3]) func asManyIndexesAtOnceAsAsked(jobs: Int) throws {
        let job = try TestJob(shadowSettings: ["log_connections": "on"])
        for number in 1...Self.count {
            try job.onSource("CREATE TABLE t\(number) (id int PRIMARY KEY); INSERT INTO t\(number) VALUES (1)")
        }
        var settings = job.settings(.snapshot)
        settings.indexJobs = jobs
        try RunningEngine(settings).wait()
        let keys = try job.both("SELECT count(*) FROM pg_constraint WHERE contype = 'p' AND conrelid >= 16384").shadow
        #expect(keys.first?.first.flatMap { $0 }.flatMap { Int($0) } ?? 0 >= Self.count)
        guard try job.shadow.connect().serverVersion.major >= 13 else { return }
        let sessions = job.shadow.logText().split(separator: "\n").count {
            $0.contains("connection authorized") && $0.contains("application_name=scry-backfill index")
        }
        #expect(sessions == jobs)
    }

    @Test func withoutItsOwnSchemaTheTablesAreTheUsers() throws {
        let job = try TestJob()
        try job.onSource("CREATE TABLE items (id int PRIMARY KEY, n int); INSERT INTO items VALUES (1, 2)")
        var settings = job.settings(.snapshot)
        settings.copySchema = false
        let error = #expect(throws: PostgresError.self) { try RunningEngine(settings).wait() }
        #expect(error?.message.contains("items") == true, "\(error?.message ?? "")")
        try job.onShadow("CREATE TABLE items (n bigint, id int, note text DEFAULT 'kept')")
        try RunningEngine(settings).wait()
        #expect(try job.both("SELECT * FROM items").shadow == [["2", "1", "kept"]])
        #expect(try job.both("SELECT count(*) FROM pg_constraint WHERE conrelid = 'items'::regclass").shadow == [["0"]])
    }

    /// Rows of one transaction have one xmin.
    @Test(arguments: [0, 60_000]) func changesAreGatheredForAsLongAsAsked(milliseconds: Int) throws {
        let job = try TestJob()
        try job.onSource("CREATE TABLE items (id int PRIMARY KEY)")
        var settings = job.settings()
        settings.applyBatchMilliseconds = milliseconds
        try job.whileRunning(settings) { () throws(PostgresError) in try job.catchUp() }
        try job.onSource("DO $$ BEGIN FOR i IN 1..200 LOOP INSERT INTO items VALUES (i); COMMIT; END LOOP; END $$")
        try job.whileRunning(settings) { () throws(PostgresError) in try job.catchUp() }
        let text = try job.both("SELECT count(*), count(DISTINCT xmin::text) FROM items").shadow[0]
        #expect(text[0] == "200")
        let transactions = Int(text[1] ?? "") ?? 0
        #expect(milliseconds == 0 ? transactions == 200 : transactions < 200, "\(transactions)")
    }
}
