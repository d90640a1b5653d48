internal import Catalog
internal import Libpq
internal import Logging
internal import Postgres
internal import Publisher
internal import Subscriber

/// One attempt of the engine, from connecting to its end. The phases are in the extensions: setup, copy, stream.
final class Attempt {
    let settings: JobSettings
    let logger: Logger
    let stop: Interrupt
    let counters: EngineCounters
    /// Whether anything was achieved that makes the next attempt worth making at once.
    var hasProgressed = false
    let lock: JobLock
    /// The dump of the schema, of which the last stage is restored later than the others.
    var schema: SchemaCopy?

    private var work: JobSession?

    /// The program's own SQLSTATE: the publication holds a table that this attempt does not know.
    static let tablesChanged = SQLState("SB001")

    init(
        _ settings: JobSettings, _ lock: JobLock, logger: Logger, stop: Interrupt, counters: EngineCounters
    ) {
        self.settings = settings
        self.lock = lock
        self.logger = logger
        self.stop = stop
        self.counters = counters
    }

    /// Tells the log and the job's events of a step; the event is written by another thread, so that nothing waits for it.
    func tell(_ message: String) { lock.care.link.post(WALWatch.Event(severity: "LOG", message: message)) }

    private enum Outcome { case complete, stopped }

    func run() throws(PostgresError) {
        let work = try JobSession(
            settings, as: "engine", lock, throttle: lock.care.throttle, logger: logger, stop: stop)
        self.work = work
        var outcome = Outcome.stopped
        do throws(PostgresError) {
            outcome = try advance(work)
        } catch  where error.origin == .interrupted && stop.isFired {}
        if outcome == .stopped { try settleStop(work) }
    }

    private func advance(_ work: JobSession) throws(PostgresError) -> Outcome {
        var job = try setUp(work)
        let mode = JobSettings.Mode(rawValue: job.mode) ?? settings.mode

        if mode != .cdc, !job.isCopied {
            try copy(job, mode, work)
            job = try current(work)
        }
        guard mode != .snapshot else {
            try finishSchema(job, work)
            try work.setSequences()
            if let problem = try work.store.tables().compactMap(\.problem).first.flatMap({ JobError(json: $0) }) {
                throw problem.error
            }
            try work.store.setState(JobState.stopped.rawValue)
            tell("the copy is complete")
            return .complete
        }
        let tables = try work.store.tables()
        if !tables.contains(where: \.isWaiting) { try work.finishLeftCopy() }
        // Tables that wait are copied beside the stream, which also finishes the schema then.
        if job.schemaStage < SchemaStage.foreignKeys.rawValue, !tables.contains(where: \.isBehind) {
            let target = tables.filter { $0.state == .ready }.compactMap(\.snapshotLSN).max() ?? .invalid
            if job.appliedLSN ?? .invalid < target {
                // Tables that were copied later than others show another moment until here.
                try work.store.setState(JobState.catchUp.rawValue)
                do throws(PostgresError) {
                    if try stream(until: target, work, nil) == .stopped { return .stopped }
                } catch {
                    throw try explained(error, work)
                }
                job = try current(work)
            }
            try finishSchema(job, work)
        }
        try work.store.setState(JobState.streaming.rawValue)
        try follow(work)
        return .stopped
    }

    func current(_ work: JobSession) throws(PostgresError) -> JobRecord {
        guard let job = try work.store.job() else { throw Self.jobGone() }
        return job
    }

    /// Takes back what a start has made on the source, if it failed before any table was copied: a slot that nobody reads holds
    /// back the source's log. What can't be taken back stays noted in the job.
    func takeBack() {
        guard let work, work.source.isAlive, work.shadow.isAlive else { return }
        do throws(PostgresError) {
            try UnfinishedStart(work.store, work.source)?.takeBack(interrupt: stop)
        } catch {
            work.warn(
                "could not take back what the start has made on the source: \(error.message)",
                hint: "\\backfill reset does so.")
        }
    }

    static func newTables() -> PostgresError {
        PostgresError("tables have come to the publication", sqlState: tablesChanged)
    }

    static func jobGone() -> PostgresError {
        PostgresError(
            "the job has been removed from the shadow while its engine ran",
            hint: "Start it again with \\backfill start.")
    }
}
