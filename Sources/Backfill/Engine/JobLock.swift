internal import Catalog
internal import Glibc
internal import Libpq
internal import Logging
internal import Postgres
internal import Subscriber

/// The session that holds the job's lock, and with it the right to write down how the job stands. It is kept from attempt to
/// attempt, so that while the source is away the job still has its engine and tells what that waits for.
final class JobLock {
    /// Begins to act for the job, and to tell it, when the lock is taken.
    let care: SourceCare
    private let settings: JobSettings
    private let logger: Logger
    private let stop: Interrupt
    private var session: Shadow?
    private(set) var isHeld = false
    /// What happened while the shadow could not be told.
    private var untold: [(severity: String, message: String, hint: String?)] = []

    init(_ settings: JobSettings, _ care: SourceCare, logger: Logger, stop: Interrupt) {
        self.settings = settings
        self.care = care
        self.logger = logger
        self.stop = stop
    }

    /// The session: the one of the attempt before, if it can go on. Where there is a job, its lock is taken.
    func open() throws(PostgresError) -> Shadow {
        if let session, session.isAlive {
            // The attempt before may have sent a transaction whose end it did not wait for.
            if isHeld { try endLeftovers(JobStore(session, slot: settings.slot)) }
            return session
        }
        session = nil
        isHeld = false
        let session = try Shadow(settings.shadow, as: "engine", interrupt: stop)
        self.session = session
        if try JobStore(session, slot: settings.slot).job() != nil { try take() }
        return session
    }

    /// Takes the lock, and signs the job. A predecessor that was killed a moment ago may hold the lock until its server
    /// notices.
    ///
    /// Throws 55P03 where another engine keeps it.
    func take() throws(PostgresError) {
        guard !isHeld, let store else { return }
        for _ in 0..<20 {
            if try store.lock() {
                try endLeftovers(store)
                isHeld = true
                try sign()
                return care.noteLock()
            }
            try Wait.pause(milliseconds: 500, interrupt: stop)
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
            try Wait.pause(milliseconds: 100, interrupt: stop)
        }
        throw PostgresError(
            "sessions of an earlier engine of slot \"\(settings.slot)\" are still at work in the shadow",
            hint: "They end with their statement; pg_stat_activity shows them as \"scry-backfill …\".",
            sqlState: .objectInUse)
    }

    /// Writes down which process is the job's engine, and what could not be told before.
    func sign() throws(PostgresError) {
        guard isHeld, let store else { return }
        try store.noteEngine(host: Self.hostName, pid: getpid())
        while let event = untold.first {
            try store.note(event.severity, event.message, hint: event.hint)
            untold.removeFirst()
        }
    }

    /// Keeps how the engine ended, where the shadow still answers and the job is this engine's.
    func settle(_ state: JobState, _ error: PostgresError?) {
        // The stop has been carried out: what follows must not be interrupted by it, nor by another.
        stop.clear()
        tell { store throws(PostgresError) in
            try store.shadow.shielded { () throws(PostgresError) in
                try store.setState(state.rawValue, error: error.flatMap { JobError($0).json })
            }
        }
        if let error { note("ERROR", error.message, hint: error.hint) }
    }

    /// As `settle`, with one try on a new session where the present one is lost.
    func settleSurely(_ state: JobState, _ error: PostgresError) {
        if isHeld, session?.isAlive == true { return settle(state, error) }
        do throws(PostgresError) {
            // The dead session may hold the lock yet, where its server has not noticed.
            session = nil
            let limits = ["connect_timeout": "5", "tcp_user_timeout": "5000"]
            let new = try Shadow(settings.shadow.merging(limits), as: "engine", interrupt: try Interrupt())
            try new.limitStatements(seconds: 5)
            session = new
            guard let store, try store.job() != nil else { return }
            isHeld = try store.lock()
            // A session that was just cut off holds it until its server notices.
            for _ in 0..<50 where !isHeld {
                _ = Wait.poll([], interrupt: nil, milliseconds: 100)
                isHeld = try store.lock()
            }
            settle(state, error)
        } catch {
            logger.warning("could not write to the job in the shadow: \(error.message)")
        }
    }

    /// Keeps what the engine waits for until its next attempt.
    func noteRetry(of error: PostgresError, after seconds: Int) {
        let message =
            "\(error.message.replacing("\n", with: " ").replacing("\t", with: "")); trying again in \(seconds) s"
        logger.warning("\(message)")
        tell { store throws(PostgresError) in try store.setError(JobError(error).json) }
        note("WARNING", message, hint: error.hint)
    }

    private func note(_ severity: String, _ message: String, hint: String?) {
        let isTold = tell { store throws(PostgresError) in
            try store.shadow.shielded { () throws(PostgresError) in
                try store.note(severity, message, hint: hint)
            }
        }
        // The latest say enough of a long absence.
        if !isTold { untold = untold.suffix(9) + [(severity, message, hint)] }
    }

    /// Writes into the job; false where it is not this engine's, or the shadow does not answer.
    @discardableResult
    private func tell(_ write: (JobStore) throws(PostgresError) -> Void) -> Bool {
        guard isHeld, let store, session?.isAlive == true else { return false }
        do throws(PostgresError) {
            try write(store)
            return true
        } catch {
            logger.warning("could not write to the job in the shadow: \(error.message)")
            return false
        }
    }

    private var store: JobStore? { session.map { JobStore($0, slot: settings.slot) } }

    static var hostName: String {
        var name: [CChar] = Array(repeating: 0, count: 256)
        guard unsafe gethostname(&name, name.count - 1) == 0 else { return "localhost" }
        return String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
