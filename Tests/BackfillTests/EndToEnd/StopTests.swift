import Backfill
import Job
import Libpq
import LocalCluster
import Postgres
import Testing
import Waiting

/// Where a stop finds the engine, and how it leaves the job.
@Suite(.blocking) struct StopTests {
    @Test func theTransactionInHandIsFinished() throws {
        let job = try TestJob()
        try job.onSource("CREATE TABLE t (id int PRIMARY KEY)")
        let engine = try RunningEngine(job.settings())
        try job.catchUp()
        let holder = try job.shadow.connect(database: "shop")
        try holder.query("BEGIN; LOCK TABLE t IN SHARE MODE")
        try job.onSource("INSERT INTO t SELECT generate_series(1, 2000)")
        try Self.until("apply", waitsForLockIn: job)
        let (control, stop) = (JobControl(try job.shadow.connect(database: "shop"), slot: job.slot), try Interrupt())
        // The wait for its end is cut off at once; the request stays.
        stop.fire()
        #expect(throws: PostgresError.self) { try control.stop(interrupt: stop) }
        engine.waitUntilAskedToStop()
        #expect(try control.isRunning)
        try holder.query("ROLLBACK")
        try engine.wait()
        #expect(try job.both("SELECT count(*) FROM t").shadow == [["2000"]])
        #expect(try control.status(source: nil).state == .stopped)
    }

    /// The session that holds the job's lock is in the middle of a query, and yet writes down how the engine ended.
    @Test func aStopInAQueryLeavesTheJobStopped() throws {
        let job = try TestJob()
        try job.onSource("CREATE TABLE t (id int PRIMARY KEY)")
        try job.whileRunning { () throws(PostgresError) in try job.catchUp() }
        let holder = try job.shadow.connect(database: "shop")
        try holder.query("BEGIN; LOCK TABLE scry_backfill.followed_table")
        let engine = try RunningEngine(job.settings())
        try Self.until("engine", waitsForLockIn: job)
        try engine.stop()
        try holder.query("ROLLBACK")
        let control = JobControl(try job.shadow.connect(database: "shop"), slot: job.slot)
        #expect(try control.status(source: nil).state == .stopped)
        try job.onSource("INSERT INTO t VALUES (1)")
        try job.whileRunning { () throws(PostgresError) in try job.catchUp() }
        #expect(try job.both("SELECT count(*) FROM t").shadow == [["1"]])
    }

    private static func until(_ role: String, waitsForLockIn job: TestJob) throws(PostgresError) {
        let watcher = try job.shadow.connect(database: "shop")
        let waiting =
            "SELECT FROM pg_stat_activity WHERE application_name = $1 AND wait_event_type = 'Lock'"
        try waitUntil { () throws(PostgresError) in try watcher.query(waiting, ["scry-backfill \(role)"]).rowCount > 0 }
    }
}
