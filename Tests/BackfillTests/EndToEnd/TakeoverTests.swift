import Backfill
import Libpq
import LocalCluster
import Postgres
import Testing
import Waiting

/// A successor begins while a session of an engine that is gone still lives in the shadow.
@Suite(.blocking) struct TakeoverTests {
    /// What the dead engine had sent, the server still carries out, up to the COMMIT. A successor that begins before that is
    /// over applies the same changes beside it: its UPDATE waits for the other's TRUNCATE, and then finds no row.
    @Test func aDeadEnginesTransactionIsEndedFirst() throws {
        let job = try TestJob()
        try job.onSource(
            "CREATE TABLE parent (id int PRIMARY KEY, v int); INSERT INTO parent SELECT i, i FROM generate_series(1, 100) i"
        )
        try job.whileRunning { () throws(PostgresError) in try job.catchUp() }
        try job.onSource(
            "BEGIN; UPDATE parent SET v = 0 WHERE id = 1; TRUNCATE parent; INSERT INTO parent VALUES (1000, 1); COMMIT")

        let shadow = try job.shadow.connect(database: "shop")
        try shadow.query("BEGIN; LOCK TABLE parent IN ROW EXCLUSIVE MODE")
        let dead = try Self.deadSession(job)
        let pid = "\(dead.serverProcessID)"
        let watcher = try job.shadow.connect(database: "shop")
        try waitUntil { () throws(PostgresError) in try Self.waiting(watcher, pid: pid) > 0 }

        let successor = try EngineProcess(job)
        defer { successor.kill() }
        // With the fence the dead session ends; without it, the successor's own session has to wait for it.
        let isOver = "SELECT FROM pg_stat_activity WHERE pid::text = $1"
        try waitUntil { () throws(PostgresError) in
            if try watcher.query(isOver, [pid]).rowCount == 0 || !successor.isRunning { return true }
            return try Self.waiting(watcher, pid: nil) > 0
        }
        try shadow.query("COMMIT")
        try job.catchUp()
        #expect(successor.stop() == 0, "\(successor.logText)")
        let rows = try job.both("SELECT t::text FROM parent t ORDER BY 1")
        #expect(rows.source == [["(1000,1)"]])
        #expect(rows.source == rows.shadow)
    }

    /// The same within one engine, whose source goes away while the shadow is busy.
    @Test func anAttemptsOwnTransactionIsEndedBeforeTheNext() throws {
        let job = try TestJob()
        try job.onSource(
            "CREATE TABLE parent (id int PRIMARY KEY, v int); INSERT INTO parent SELECT i, i FROM generate_series(1, 100) i"
        )
        let engine = try EngineProcess(job)
        defer { engine.kill() }
        try job.catchUp()
        let shadow = try job.shadow.connect(database: "shop")
        try shadow.query("BEGIN; LOCK TABLE parent IN ROW EXCLUSIVE MODE")
        try job.onSource(
            "BEGIN; UPDATE parent SET v = 0 WHERE id = 1; TRUNCATE parent; INSERT INTO parent VALUES (1000, 1); COMMIT")
        let watcher = try job.shadow.connect(database: "shop")
        let apply = "SELECT pid FROM pg_stat_activity WHERE application_name = 'scry-backfill apply'"
        try waitUntil { () throws(PostgresError) in try Self.waiting(watcher, pid: nil) > 0 }
        let before = try watcher.query(apply)[0, 0]
        try job.source.restart(.immediate)
        let isOver = "SELECT FROM pg_stat_activity WHERE pid::text = $1"
        try waitUntil { () throws(PostgresError) in
            if try watcher.query(isOver, [before]).rowCount == 0 { return true }
            return try watcher.query(apply).rowCount > 1
        }
        #expect(try watcher.query(isOver, [before]).rowCount == 0)
        try shadow.query("COMMIT")
        try job.catchUp()
        #expect(engine.stop() == 0, "\(engine.logText)")
        let rows = try job.both("SELECT t::text FROM parent t ORDER BY 1")
        #expect(rows.source == [["(1000,1)"]])
        #expect(rows.source == rows.shadow)
    }

    /// A session as an engine leaves it whose machine is gone: it belongs to the job, and has received a transaction whole.
    private static func deadSession(_ job: TestJob) throws(PostgresError) -> Connection {
        let position = try job.source.connect(database: "shop").query("SELECT pg_current_wal_insert_lsn()")[0, 0] ?? ""
        let session = try job.shadow.connect(database: "shop")
        try session.query("SELECT pg_advisory_lock_shared(1935897210, hashtext('\(job.slot)'))")
        try session.send(
            """
            BEGIN; UPDATE parent SET v = 0 WHERE id = 1; TRUNCATE ONLY parent; INSERT INTO parent VALUES (1000, 1);
            UPDATE scry_backfill.lane SET applied_lsn = '\(position)', commit_lsn = '\(position)'; COMMIT
            """)
        return session
    }

    /// How many sessions wait for a lock: this one, or an engine's.
    private static func waiting(_ shadow: Connection, pid: String?) throws(PostgresError) -> Int {
        try shadow.query(
            """
            SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock'
               AND coalesce(pid::text = $1, application_name = 'scry-backfill apply')
            """, [pid]
        ).rowCount
    }
}
