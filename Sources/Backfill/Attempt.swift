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
    /// The session that holds the job's lock; set as soon as the shadow answers.
    private(set) var control: ShadowSession?
    private var holdsLock = false
    /// In mode snapshot, the transaction whose snapshot the copy uses.
    var openSnapshot: SourceSession?

    /// The program's own SQLSTATE: the publication holds a table that this attempt does not know.
    static let tablesChanged = SQLState("SB001")

    init(_ settings: JobSettings, logger: Logger, stop: Interrupt) {
        self.settings = settings
        self.logger = logger
        self.stop = stop
    }

    func run() throws(PostgresError) {
        let source = try SourceSession(settings.source, as: "engine", interrupt: stop)
        let control = try ShadowSession(settings.shadow, as: "engine", interrupt: stop)
        self.control = control
        let store = JobStore(control.connection, slot: settings.slot)
        var job = try setUp(source, control, store)
        let mode = JobSettings.Mode(rawValue: job.mode) ?? settings.mode

        if mode != .cdc {
            try copy(job, mode, source, control, store)
            guard let copied = try store.job() else { throw Self.jobGone() }
            job = copied
        }
        guard mode != .snapshot else {
            try finishSchema(job, source, control, store)
            try setSequences(source, control, store)
            try store.setState(JobState.stopped.rawValue)
            logger.info("the copy is complete")
            return
        }
        let tables = try store.tables()
        let target = tables.compactMap(\.snapshotLSN).max() ?? .invalid
        if job.appliedLSN ?? .invalid < target, job.schemaStage < SchemaStage.foreignKeys.rawValue || mode != .cdc {
            // Tables that were copied later than others show another moment until here.
            try store.setState(JobState.catchUp.rawValue)
            if try stream(until: target, tables, job, source, control, store) == .stopped { return }
            guard let caughtUp = try store.job() else { throw Self.jobGone() }
            job = caughtUp
        }
        try finishSchema(job, source, control, store)
        try store.setState(JobState.streaming.rawValue)
        logger.info("streaming from \(job.appliedLSN ?? .invalid)")
        _ = try stream(until: nil, try store.tables(), job, source, control, store)
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
        guard holdsLock, let control, control.connection.isAlive else { return }
        let store = JobStore(control.connection, slot: settings.slot)
        // The stop has been carried out: what follows must not be interrupted by it once more.
        stop.clear()
        do throws(PostgresError) {
            try store.setState(state.rawValue, error: error.flatMap { JobError($0).json })
            if let error { try store.note("ERROR", error.message, hint: error.hint) }
        } catch {
            logger.warning("could not note the end of the job in the shadow: \(error.message)")
        }
    }

    /// Enters something into the job's events, where the shadow still answers.
    func note(_ severity: String, _ message: String, hint: String? = nil) {
        guard holdsLock, let control, control.connection.isAlive else { return }
        do throws(PostgresError) {
            try JobStore(control.connection, slot: settings.slot).note(severity, message, hint: hint)
        } catch {
            logger.warning("could not note an event in the shadow: \(error.message)")
        }
    }

    /// Warns in the log and in the job's events.
    func warn(_ message: String, hint: String? = nil) {
        logger.warning("\(message)")
        note("WARNING", message, hint: hint)
    }

    static func jobGone() -> PostgresError {
        PostgresError(
            "the job has been removed from the shadow while its engine ran",
            hint: "Start it again with \\backfill start.")
    }
}
