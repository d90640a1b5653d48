import Backfill
import Glibc
import Job
import Libpq
import LocalCluster
import Logging
import Postgres
import Synchronization

/// A source and a shadow of its own, and an engine between them that runs in this process.
final class TestJob: Sendable {
    let source: LocalCluster
    let shadow: LocalCluster
    let slot = "scry_backfill_slot"
    let publication = "scry_publication"

    /// Both servers run, with an empty database each.
    ///
    /// - Parameter encodings: of the databases; nil for the servers' own.
    init(
        sourceSettings: [String: String] = [:], shadowSettings: [String: String] = [:],
        encodings: (source: String?, shadow: String?) = (nil, nil)
    ) throws(PostgresError) {
        // A deadlock is found after this time.
        let settings = ["deadlock_timeout": "100ms"].merging(sourceSettings) { _, given in given }
        source = try LocalCluster(.source, settings: settings)
        shadow = try LocalCluster(.shadow, settings: shadowSettings)
        Self.findSourcePrograms(source.programs.directory)
        try source.start()
        try shadow.start()
        try source.createDatabase("shop", encoding: encodings.source)
        try shadow.createDatabase("shop", encoding: encodings.shadow)
    }

    private static let isPathExtended = Mutex(false)

    /// Has the engine find a pg_dump of the source's version, as on a machine where it is installed.
    private static func findSourcePrograms(_ directory: String) {
        isPathExtended.withLock { isExtended in
            if isExtended { return }
            isExtended = true
            let path = unsafe getenv("PATH").map { unsafe String(cString: $0) } ?? "/usr/bin:/bin"
            unsafe setenv("PATH", "\(directory):\(path)", 1)
        }
    }

    func settings(_ mode: JobMode = .hybrid, jobs: Int = 2) -> JobSettings {
        JobSettings(
            source: source.connectionString(database: "shop"), shadow: shadow.connectionString(database: "shop"),
            slot: slot, publication: publication, mode: mode, selection: TableSelection(including: [.all]), jobs: jobs,
            indexJobs: 2, copySchema: true, applyBatchMilliseconds: 20)
    }

    /// Runs an engine on a thread while `body` runs, then stops it. Throws what either throws, the engine's first.
    func whileRunning(
        _ settings: JobSettings? = nil, _ body: () throws(PostgresError) -> Void
    ) throws(PostgresError) {
        let running = try RunningEngine(settings ?? self.settings())
        var failure: PostgresError?
        do throws(PostgresError) { try body() } catch { failure = error }
        try running.stop()
        if let failure { throw failure }
    }

    /// Waits until all that the source has committed is in the shadow.
    func catchUp(seconds: Int = 60) throws(PostgresError) {
        let interrupt = try Interrupt()
        let shadow = try self.shadow.connect(database: "shop")
        let source = try self.source.connect(database: "shop")
        let control = JobControl(shadow, slot: slot)
        try control.waitUntilCaughtUp(with: source, milliseconds: seconds * 1000, interrupt: interrupt)
    }

    func onSource(_ sql: String) throws(PostgresError) { try source.run(sql, database: "shop") }
    func onShadow(_ sql: String) throws(PostgresError) { try shadow.run(sql, database: "shop") }

    /// A query's rows as text, on both sides.
    func both(_ sql: String) throws(PostgresError) -> (source: [[String?]], shadow: [[String?]]) {
        (try Self.rows(sql, source), try Self.rows(sql, shadow))
    }

    /// A query's first column in the shadow.
    func inShadow(_ sql: String) throws(PostgresError) -> [String] {
        try Self.rows(sql, shadow).map { $0[0] ?? "" }
    }

    private static func rows(_ sql: String, _ cluster: LocalCluster) throws(PostgresError) -> [[String?]] {
        let result = try cluster.connect(database: "shop").query(sql)
        return (0..<result.rowCount).map { row in (0..<result.columnCount).map { result[row, $0] } }
    }
}

/// An engine on a thread of its own.
final class RunningEngine: Sendable {
    private let interrupt: Interrupt
    private let worker: Worker
    private let failure: Failure

    private final class Failure: Sendable {
        let error = Mutex<PostgresError?>(nil)
    }

    init(_ settings: JobSettings) throws(PostgresError) {
        interrupt = try Interrupt()
        var logger = Logger(label: "engine")
        logger.logLevel = .warning
        let engine = Engine(settings, logger: logger, stop: interrupt)
        let failure = Failure()
        self.failure = failure
        worker = try Worker("engine") {
            do throws(PostgresError) { try engine.run() } catch { failure.error.withLock { $0 = error } }
        }
    }

    /// Ends it as SIGTERM does. Throws the engine's error.
    func stop() throws(PostgresError) {
        interrupt.fire()
        try wait()
    }

    /// Waits until it has heard that it is to stop.
    func waitUntilAskedToStop() { _ = Wait.poll([], interrupt: interrupt, milliseconds: nil) }

    /// Waits until it ends by itself. Throws the engine's error.
    func wait() throws(PostgresError) {
        let hasEnded = worker.join(milliseconds: 120_000)
        if let error = failure.error.withLock({ $0 }) { throw error }
        if !hasEnded { throw PostgresError("the engine has not ended within 120 s") }
    }
}
