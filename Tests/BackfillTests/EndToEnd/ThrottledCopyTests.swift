import Backfill
import Job
import Libpq
import LocalCluster
import Postgres
import Testing
import Waiting

@Suite(.blocking) struct ThrottledCopyTests {
    private static let rows =
        "CREATE TABLE t (n int PRIMARY KEY); INSERT INTO t SELECT generate_series(1, 5000)"

    private func control(_ job: TestJob) throws(PostgresError) -> JobControl {
        JobControl(try job.shadow.connect(database: "shop"), slot: job.slot)
    }

    /// At ten rows a second the copy would take eight minutes.
    @Test func limitsChangeWhileTheCopyRuns() throws {
        let job = try TestJob()
        try job.onSource(Self.rows)
        var settings = job.settings()
        settings.throttle = ThrottleSettings(isEnabled: true, rowsPerSecond: 10, burst: 1)
        try job.whileRunning(settings) { () throws(PostgresError) in
            try waitUntil { () throws(PostgresError) in
                let status = try control(job).status(source: nil)
                return status.state == .snapshot && status.throttle?.currentRowsPerSecond == 10
            }
            try control(job).setThrottle(ThrottleSettings(isEnabled: true, rowsPerSecond: 20, burst: 1))
            #expect(try control(job).status(source: nil).tables.ready == 0)
            try control(job).setThrottle(.off)
            try job.catchUp()
            let status = try control(job).status(source: nil)
            #expect(status.throttle?.settings == .off && status.throttle?.currentRowsPerSecond == nil)
            let said = try control(job).events(latest: 100).map(\.message)
            #expect(said.contains("throttle: off"))
        }
        // What was asked for outlives the engine, and is taken back by nil.
        #expect(try control(job).throttle()?.settings == .off)
        try control(job).setThrottle(nil)
        try job.whileRunning(settings) { () throws(PostgresError) in
            try job.catchUp()
            try waitUntil { () throws(PostgresError) in
                try control(job).throttle()?.settings == settings.throttle
            }
        }
    }

    /// What is committed at the end shows on the way, and how long the rest takes.
    @Test func progressAndPaceShowWhileATableIsCopied() throws {
        let job = try TestJob()
        try job.onSource(Self.rows + "; ANALYZE t")
        var settings = job.settings()
        settings.throttle = ThrottleSettings(isEnabled: true, rowsPerSecond: 10, burst: 1)
        try job.whileRunning(settings) { () throws(PostgresError) in
            let source = try job.source.connect(database: "shop")
            let control = try control(job)
            var status = try control.status(source: source)
            try waitUntil { () throws(PostgresError) in
                status = try control.status(source: source)
                return status.tables.copying == 1 && status.etaSeconds != nil
            }
            #expect(status.tables.ready == 0 && status.tables.pending == 0)
            #expect(status.rowsCopied > 0 && status.rowsCopied < 5000)
            #expect(status.percentCopied.map { $0 > 0 && $0 < 100 } == true)
            #expect(status.rates.rowsPerSecond.map { $0 > 0 } == true)
            #expect(status.rates.bytesPerSecond.map { $0 > 0 } == true)
            #expect(try control.tables().map(\.state) == ["copying"])
            try control.setThrottle(.off)
            try job.catchUp()
            status = try control.status(source: source)
            #expect(status.rowsCopied == 5000 && status.rates.rowsPerSecond == nil && status.etaSeconds == nil)
        }
    }

    @Test func aThrottledCopyStopsAtOnce() throws {
        let job = try TestJob()
        try job.onSource(Self.rows)
        var settings = job.settings()
        settings.throttle = ThrottleSettings(isEnabled: true, rowsPerSecond: 1, burst: 1)
        let engine = try RunningEngine(settings)
        try waitUntil { try control(job).status(source: nil).state == .snapshot }
        try engine.stop()
        #expect(try control(job).status(source: nil).state == .stopped)
    }

    /// Without pg_monitor the load shows in part; what does not is said.
    @Test func theLeastPrivilegedRoleIsToldWhatItCanNotSee() throws {
        let job = try TestJob()
        try job.onSource(
            Self.rows
                + "; CREATE ROLE scry_replication LOGIN REPLICATION; GRANT SELECT ON t TO scry_replication; CREATE PUBLICATION scry_publication FOR TABLE t"
        )
        var settings = job.settings()
        settings.source = settings.source.merging(["user": "scry_replication"])
        settings.throttle = ThrottleSettings(isEnabled: true, bytesPerSecond: 1 << 30, isAdaptive: true)
        settings.walMonitor.interval = 1
        try job.whileRunning(settings) { () throws(PostgresError) in
            try job.catchUp()
            var status = try control(job).status(source: nil)
            try waitUntil { () throws(PostgresError) in
                status = try control(job).status(source: nil)
                return status.wal != nil && status.throttle?.notVisible.isEmpty == false
            }
            #expect(status.throttle?.notVisible == ["active sessions", "replica lag"])
            #expect(status.wal?.level == .normal && status.wal?.retainedBytes != nil)
        }
    }
}
