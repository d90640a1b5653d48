import Backfill
import Catalog
import Job
import Libpq
import LocalCluster
import Postgres
import Testing
import Waiting

/// The WAL monitor of a running engine, on real servers.
@Suite(.blocking) struct WALMonitorTests {
    private static let megabyte = 1 << 20

    private func settings(
        _ job: TestJob, warning: Int = 4, critical: Int = 1000,
        _ onCritical: WALMonitorSettings.CriticalAction = .warn
    ) -> JobSettings {
        var settings = job.settings()
        settings.walMonitor = WALMonitorSettings(
            interval: 1, warning: warning * Self.megabyte, critical: critical * Self.megabyte, onCritical: onCritical)
        return settings
    }

    private func job() throws -> TestJob {
        let job = try TestJob()
        try job.onSource(
            "CREATE TABLE t (n int PRIMARY KEY); CREATE TABLE noise (x text); CREATE PUBLICATION scry_publication FOR TABLE t"
        )
        return job
    }

    /// A transaction that is open on the source: the slot must retain all WAL that is written from here on.
    private func openTransaction(_ job: TestJob) throws -> Connection {
        let session = try job.source.connect(database: "shop")
        try session.query("BEGIN; INSERT INTO t VALUES (-1)")
        return session
    }

    /// Log of so many megabytes that no one follows.
    private func write(_ job: TestJob, megabytes: Int) throws {
        try job.onSource(
            "INSERT INTO noise SELECT repeat(md5(i::text), 60) FROM generate_series(1, \(megabytes * 520)) i")
        try job.onSource("TRUNCATE noise")
    }

    private func events(_ job: TestJob) throws -> [RecordedEvent] {
        try JobControl(try job.shadow.connect(database: "shop"), slot: job.slot).events(latest: 100)
    }

    private func status(_ job: TestJob) throws -> JobStatus {
        try JobControl(try job.shadow.connect(database: "shop"), slot: job.slot).status(source: nil)
    }

    /// The job has caught up, and the monitor has sampled its slot.
    private func watched(_ job: TestJob) throws {
        try job.catchUp()
        try waitUntil { try status(job).wal != nil }
    }

    private func slotExists(_ job: TestJob) throws -> Bool {
        try job.source.connect(database: "shop").replicationSlot(job.slot) != nil
    }

    @Test func aCrossingIsAnEventAndSoIsTheWayBack() throws {
        let job = try job()
        try job.whileRunning(settings(job)) { () throws(PostgresError) in
            do {
                try job.catchUp()
                let open = try openTransaction(job)
                try write(job, megabytes: 8)
                try waitUntil { try events(job).contains { $0.message.contains("max_wal_bytes_warning") } }
                let event = try events(job).first { $0.message.contains("max_wal_bytes_warning") }
                #expect(event?.severity == .warning && event?.hint?.contains("\\wal") == true)
                #expect(try status(job).wal?.level == .warning)
                #expect(try status(job).wal?.retainedBytes ?? 0 > 4 * Self.megabyte)
                let control = JobControl(try job.shadow.connect(database: "shop"), slot: job.slot)
                let warnings = try control.warnings(after: nil)
                #expect(warnings.contains { $0.message.contains("max_wal_bytes_warning") })
                #expect(try control.warnings(after: warnings.last?.number).isEmpty)
                try open.query("COMMIT")
                // The slot lets go at the next snapshot of running transactions that it has confirmed.
                try waitUntil {
                    try job.onSource("CHECKPOINT")
                    return try events(job).contains { $0.message.contains("less than max_wal_bytes_warning") }
                }
                #expect(try status(job).wal?.level == .normal)
                let growth = try WALGrowth.measure(
                    source: try job.source.connect(), shadow: try job.shadow.connect(database: "shop"), slot: job.slot,
                    interrupt: Interrupt())
                #expect(growth.growth?.isFromEngine == true && growth.growth?.slotRates[job.slot] != nil)
            } catch let error as PostgresError {
                throw error
            } catch {
                Issue.record(error)
            }
        }
    }

    @Test func atCriticalItStopsAndKeepsTheSlot() throws {
        let job = try job()
        let settings = settings(job, critical: 12, .stop)
        let engine = try RunningEngine(settings)
        try watched(job)
        let open = try openTransaction(job)
        try write(job, megabytes: 20)
        let error = #expect(throws: PostgresError.self) { try engine.wait() }
        #expect(error?.message.contains("more than max_wal_bytes_critical") == true)
        #expect(error?.hint?.contains("\\slot drop") == true)
        #expect(try slotExists(job))
        #expect(try status(job).state == .failed)
        #expect(try status(job).error?.message == error?.message)
        // Started again it goes on, to catch up.
        try job.onSource("INSERT INTO t VALUES (7)")
        try job.whileRunning(settings) { () throws(PostgresError) in
            try job.catchUp()
            try open.query("COMMIT")
            try job.catchUp()
        }
        #expect(try job.both("SELECT n FROM t ORDER BY n").shadow == [["-1"], ["7"]])
    }

    @Test func atCriticalItDropsTheSlotAndNeverGoesOn() throws {
        let job = try job()
        let settings = settings(job, critical: 12, .dropSlot)
        let engine = try RunningEngine(settings)
        try watched(job)
        let open = try openTransaction(job)
        try write(job, megabytes: 20)
        let error = #expect(throws: PostgresError.self) { try engine.wait() }
        #expect(error?.message.hasPrefix("slot \"\(job.slot)\" was dropped") == true)
        #expect(error?.hint?.contains("copied again") == true)
        #expect(try !slotExists(job))
        #expect(try status(job).state == .failed)
        try open.query("COMMIT")
        let again = #expect(throws: PostgresError.self) { try RunningEngine(settings).wait() }
        #expect(again?.message == "replication slot \"\(job.slot)\" does not exist any more")
        #expect(try !slotExists(job))
    }

    /// When the shadow is away is when WAL piles up.
    @Test func itActsWhileTheShadowIsAway() throws {
        let job = try job()
        let engine = try RunningEngine(settings(job, critical: 12, .dropSlot))
        try watched(job)
        try job.shadow.stop(.immediate)
        try write(job, megabytes: 20)
        let error = #expect(throws: PostgresError.self) { try engine.wait() }
        #expect(error?.message.hasPrefix("slot \"\(job.slot)\" was dropped") == true)
        #expect(try !slotExists(job))
    }

    /// The stream waits in the shadow for a lock that nobody gives up.
    @Test func itActsWhileTheEngineIsHeldUp() throws {
        let job = try job()
        let engine = try RunningEngine(settings(job, critical: 12, .dropSlot))
        try watched(job)
        let lock = try job.shadow.connect(database: "shop")
        try lock.query("BEGIN; LOCK TABLE t")
        try job.onSource("INSERT INTO t VALUES (1)")
        try write(job, megabytes: 20)
        try waitUntil { try !slotExists(job) }
        try lock.query("ROLLBACK")
        let error = #expect(throws: PostgresError.self) { try engine.wait() }
        #expect(error?.message.hasPrefix("slot \"\(job.slot)\" was dropped") == true)
    }

    /// max_slot_wal_keep_size came with 13.
    @Test func aLostSlotEndsTheEngineWithWhatToDo() throws {
        let job = try TestJob(sourceSettings: [
            "max_wal_size": "32MB", "min_wal_size": "32MB", "checkpoint_timeout": "1h",
        ])
        guard try job.source.connect().serverVersion.major >= 13 else { return }
        try job.source.configure(["max_slot_wal_keep_size": "1MB"])
        try job.onSource("CREATE TABLE t (n int PRIMARY KEY); CREATE TABLE noise (x text)")
        try job.onSource("CREATE PUBLICATION scry_publication FOR TABLE t")
        let settings = settings(job, warning: 100_000, critical: 200_000)
        let engine = try RunningEngine(settings)
        try watched(job)
        try job.shadow.stop(.fast)
        try job.onSource("INSERT INTO t VALUES (1)")
        let source = try job.source.connect(database: "shop")
        try waitUntil {
            try write(job, megabytes: 4)
            try source.query("SELECT pg_switch_wal()")
            try source.query("CHECKPOINT")
            return try source.replicationSlot(job.slot)?.isLost ?? true
        }
        let error = #expect(throws: PostgresError.self) { try engine.wait() }
        #expect(error?.message.contains("the server has removed WAL that it needs") == true)
        #expect(error?.hint?.contains("max_slot_wal_keep_size") == true)
        // Nor does another engine go on with a gap.
        try job.shadow.start()
        let again = #expect(throws: PostgresError.self) { try RunningEngine(settings).wait() }
        #expect(again?.message == error?.message)
        #expect(try job.both("SELECT count(*) FROM t").shadow == [["0"]])
    }

    /// An idle database's slot goes with what other databases write: its keepalives are acknowledged, and nothing is written
    /// on the source for it.
    @Test func theSlotOfAnIdleDatabaseMoves() throws {
        let job = try job()
        try job.source.createDatabase("other")
        try job.whileRunning { () throws(PostgresError) in
            try job.catchUp()
            let source = try job.source.connect(database: "other")
            try source.query("CREATE TABLE noise AS SELECT generate_series(1, 50000) AS n")
            let end = LSN(try source.query("SELECT pg_current_wal_lsn()")[0, 0] ?? "") ?? .invalid
            try waitUntil { () throws(PostgresError) in
                // A checkpoint logs the running transactions, from which the slot learns what it may let go of.
                try source.query("INSERT INTO noise VALUES (0); CHECKPOINT")
                guard let slot = try source.replicationSlot(job.slot) else { return false }
                return slot.restartLSN ?? .invalid > end && slot.confirmedFlushLSN ?? .invalid > end
            }
        }
    }
}
