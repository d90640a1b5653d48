internal import Catalog
internal import Job
internal import Libpq
internal import Logging
internal import Postgres
internal import Subscriber

/// One attempt of the engine, from connecting to its end, phase by phase.
final class Attempt {
    enum Outcome {
        /// A copy alone is done.
        case complete
        case stopped
        case rerun(Rerun)
    }

    private let settings: JobSettings
    private let lock: JobLock
    private let logger: Logger
    private let stop: Interrupt
    private let counters: EngineCounters
    private var session: JobSession?
    /// Whether anything was achieved that makes the next attempt worth making at once.
    private(set) var hasProgressed = false

    init(
        _ settings: JobSettings, _ lock: JobLock, logger: Logger, stop: Interrupt, counters: EngineCounters
    ) {
        self.settings = settings
        self.lock = lock
        self.logger = logger
        self.stop = stop
        self.counters = counters
    }

    func run() throws(PostgresError) -> Outcome {
        let session = try JobSession(
            settings, as: "engine", on: try lock.open(), throttle: lock.monitor.throttle, logger: logger, stop: stop)
        self.session = session
        var outcome = Outcome.stopped
        do throws(PostgresError) {
            outcome = try advance(session)
        } catch  where error.origin == .interrupted && stop.isFired {}
        if case .stopped = outcome { try CleanStop(session, lock).settle() }
        return outcome
    }

    private func advance(_ session: JobSession) throws(PostgresError) -> Outcome {
        var job = try JobSetup(session, lock).run()
        var schema: SchemaCopy?
        if job.mode.copies, !job.isCopied {
            let copy = FirstCopy(session)
            let rewritten = try copy.run(job)
            if !rewritten.isEmpty { return .rerun(.rewritten(rewritten)) }
            schema = copy.schema
            hasProgressed = true
            job = try session.currentJob()
        }
        let finish = SchemaFinish(session)
        guard job.mode.follows else {
            try finish.run(job, schema)
            return try endCopyAlone(session)
        }
        let following = Following(session, lock.monitor, counters: counters)
        defer { if following.hasApplied { hasProgressed = true } }
        let tables = try session.store.tables()
        if !tables.contains(where: \.needsCopy) { try CopyFinish(session).finishLeft() }
        // Tables that wait are copied beside the stream, which also finishes the schema then.
        if job.schemaStage < .foreignKeys, !tables.contains(where: \.lags) {
            let target = tables.compactMap(\.state.snapshot).max() ?? .invalid
            if job.appliedLSN ?? .invalid < target {
                // Tables that were copied later than others show another moment until here.
                try session.store.setState(.catchUp)
                switch try following.run(until: target) {
                case .reached: break
                case .stopped: return .stopped
                case .rerun(let rerun): return .rerun(rerun)
                }
                job = try session.currentJob()
            }
            try finish.run(job, schema)
        }
        try session.store.setState(.streaming)
        switch try following.run(until: nil) {
        case .reached, .stopped: return .stopped
        case .rerun(let rerun): return .rerun(rerun)
        }
    }

    private func endCopyAlone(_ session: JobSession) throws(PostgresError) -> Outcome {
        try SequenceCopy(session).run()
        if let problem = try session.store.tables().compactMap(\.problem).first { throw problem.error }
        try session.store.setState(.stopped)
        lock.monitor.link.post(JobEvent(.log, "the copy is complete"))
        return .complete
    }

    /// Undoes the changes that a start has made on the source, if it failed before any table was copied: a slot that
    /// nobody reads retains the source's WAL. Changes that cannot be undone stay noted in the job.
    func undoStart() {
        guard let session, session.source.isAlive, session.shadow.isAlive else { return }
        do throws(PostgresError) {
            try UnfinishedStart(session.store, session.source)?.undo(interrupt: stop)
        } catch {
            session.journal.warn(
                "could not undo what the start has made on the source: \(error.message)",
                hint: "\\backfill reset does so.")
        }
    }
}

extension JobSession {
    /// The job, which has been set up. Throws where somebody has removed it.
    func currentJob() throws(PostgresError) -> JobRecord {
        guard let job = try store.job() else { throw JobFault.removedWhileRunning() }
        return job
    }
}
