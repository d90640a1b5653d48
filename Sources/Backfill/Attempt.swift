internal import Catalog
internal import Glibc
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
    /// Whether anything was achieved that makes the next attempt worth making at once.
    var hasProgressed = false
    /// The sessions of this thread, of which the shadow's holds the job's lock; set as soon as both servers answer.
    private var work: JobSession?
    private var holdsLock = false
    /// The dump of the schema, of which the last stage is restored later than the others.
    var schema: SchemaCopy?

    /// The program's own SQLSTATE: the publication holds a table that this attempt does not know.
    static let tablesChanged = SQLState("SB001")

    init(_ settings: JobSettings, logger: Logger, stop: Interrupt) {
        self.settings = settings
        self.logger = logger
        self.stop = stop
    }

    func run() throws(PostgresError) {
        let work = try JobSession(settings, as: "engine", isSecond: false, logger: logger, stop: stop)
        self.work = work
        var job = try setUp(work)
        let mode = JobSettings.Mode(rawValue: job.mode) ?? settings.mode

        if mode != .cdc {
            try copy(job, mode, work)
            guard let copied = try work.store.job() else { throw Self.jobGone() }
            job = copied
        }
        guard mode != .snapshot else {
            try finishSchema(job, work)
            try work.setSequences()
            try work.store.setState(JobState.stopped.rawValue)
            logger.info("the copy is complete")
            return
        }
        let tables = try work.store.tables()
        let target = tables.compactMap(\.snapshotLSN).max() ?? .invalid
        if job.appliedLSN ?? .invalid < target, job.schemaStage < SchemaStage.foreignKeys.rawValue || mode != .cdc {
            // Tables that were copied later than others show another moment until here.
            try work.store.setState(JobState.catchUp.rawValue)
            if try stream(until: target, tables, job, work) == .stopped { return }
            guard let caughtUp = try work.store.job() else { throw Self.jobGone() }
            job = caughtUp
        }
        try finishSchema(job, work)
        try work.store.setState(JobState.streaming.rawValue)
        logger.info("streaming from \(job.appliedLSN ?? .invalid)")
        _ = try stream(until: nil, try work.store.tables(), job, work)
    }

    /// Takes the job's lock. A predecessor that was killed a moment ago may hold it until its server notices.
    func takeLock(_ store: JobStore) throws(PostgresError) {
        if holdsLock { return }
        for _ in 0..<20 {
            if try store.lock() {
                holdsLock = true
                try endLeftovers(store)
                return
            }
            if Wait.poll([], interrupt: stop, milliseconds: 500) == .interrupted { throw Interrupt.error }
        }
        let job = try store.job()
        let holder = job.flatMap { job in job.enginePID.map { "pid \($0) on \(job.engineHost ?? "an unknown host")" } }
        throw PostgresError(
            "another engine runs the job of slot \"\(settings.slot)\"",
            detail: holder.map { "It is \($0)." },
            hint: job?.lockPID.map {
                "Stop it with \\backfill stop. If its machine is gone: SELECT pg_terminate_backend(\($0)) in the shadow."
            } ?? "Stop it with \\backfill stop.", sqlState: .lockNotAvailable)
    }

    /// Waits until no session of a predecessor can commit any more.
    private func endLeftovers(_ store: JobStore) throws(PostgresError) {
        for _ in 0..<600 {
            if try store.endLeftovers() { return }
            if Wait.poll([], interrupt: stop, milliseconds: 100) == .interrupted { throw Interrupt.error }
        }
        throw PostgresError(
            "sessions of an earlier engine of slot \"\(settings.slot)\" are still at work in the shadow",
            hint: "They end with their statement; pg_stat_activity shows them as \"scry-backfill …\".",
            sqlState: .objectInUse)
    }

    /// Keeps how the engine ended, where the shadow still answers and the job is this engine's.
    func settle(_ state: JobState, _ error: PostgresError?) {
        guard holdsLock, let work, work.shadow.connection.isAlive else { return }
        // The stop has been carried out: what follows must not be interrupted by it once more.
        stop.clear()
        do throws(PostgresError) {
            try work.store.setState(state.rawValue, error: error.flatMap { JobError($0).json })
        } catch {
            logger.warning("could not note the end of the job in the shadow: \(error.message)")
        }
        if let error { work.note("ERROR", error.message, hint: error.hint) }
    }

    /// Enters into the job's events, if the job is this engine's.
    func note(_ severity: String, _ message: String, hint: String? = nil) {
        if holdsLock { work?.note(severity, message, hint: hint) }
    }

    static func jobGone() -> PostgresError {
        PostgresError(
            "the job has been removed from the shadow while its engine ran",
            hint: "Start it again with \\backfill start.")
    }
}
