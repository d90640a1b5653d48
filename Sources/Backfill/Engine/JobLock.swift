internal import Catalog
internal import Glibc
internal import Job
internal import Libpq
internal import Logging
internal import Postgres
internal import Subscriber

/// The session that holds the job's lock, and with it the right to write down how the job stands. It is kept from
/// attempt to attempt, so that while the source is away the job still has its engine and shows what the engine waits
/// for.
final class JobLock {
    /// Begins to act for the job, and to record in it, when the lock is taken.
    let monitor: SourceMonitor
    private let settings: JobSettings
    private let logger: Logger
    private let stop: Interrupt
    private var session: Shadow?
    private(set) var isHeld = false
    /// The events that happened while the shadow was away.
    private var unsent: [JobEvent] = []

    init(_ settings: JobSettings, _ monitor: SourceMonitor, logger: Logger, stop: Interrupt) {
        self.settings = settings
        self.monitor = monitor
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
        let store = JobStore(session, slot: settings.slot)
        try awaitPredecessor { () throws(PostgresError) in try store.bringUpToDateIfPresent() }
        if try store.job() != nil { try take() }
        return session
    }

    /// Takes the lock, makes the state where there is none, and signs the job.
    ///
    /// Throws 55P03 where another engine keeps it.
    func take() throws(PostgresError) {
        guard !isHeld, let store else { return }
        try awaitPredecessor { () throws(PostgresError) in
            try store.bringUpToDate()
            guard try store.lock() else { throw JobFault.otherEngine(settings.slot, job: try store.job()) }
        }
        try endLeftovers(store)
        isHeld = true
        try sign()
        monitor.noteLock()
    }

    /// A predecessor that was killed a moment ago may hold the lock until its server notices.
    private func awaitPredecessor(_ body: () throws(PostgresError) -> Void) throws(PostgresError) {
        for _ in 0..<19 {
            do throws(PostgresError) {
                return try body()
            } catch  where error.sqlState == .lockNotAvailable {}
            try Wait.pause(milliseconds: 500, interrupt: stop)
        }
        try body()
    }

    /// Waits until no session of a predecessor can commit any more.
    private func endLeftovers(_ store: JobStore) throws(PostgresError) {
        for _ in 0..<600 {
            if try store.endLeftovers() { return }
            try Wait.pause(milliseconds: 100, interrupt: stop)
        }
        throw JobFault.leftovers(settings.slot)
    }

    /// Writes down which process is the job's engine, and the events that could not be recorded before.
    func sign() throws(PostgresError) {
        guard isHeld, let store else { return }
        try store.setEngine(host: HostName.own, pid: getpid())
        while let event = unsent.first {
            try store.record(event)
            unsent.removeFirst()
        }
    }

    /// Keeps how the engine ended, where the shadow still answers and the job is this engine's.
    func settle(_ state: JobState, _ error: PostgresError?) {
        // The stop has been carried out: neither it nor another may interrupt this work.
        stop.clear()
        write { store throws(PostgresError) in try store.setState(state, error: error) }
        if let error { record(JobEvent(.error, error.message, hint: error.hint)) }
    }

    /// As `settle`, with one try on a new session where the present one is lost.
    func settleOnNewSession(_ state: JobState, _ error: PostgresError) {
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

    /// Records the error that the engine waits for until its next attempt.
    func recordRetry(of error: PostgresError, after seconds: Int) {
        let message = error.message.replacing("\n", with: " ").replacing("\t", with: "")
        write { store throws(PostgresError) in try store.setError(error) }
        warn("\(message); trying again in \(seconds) s", hint: error.hint)
    }

    /// Records why the next attempt comes at once.
    func recordRerun(_ rerun: Rerun) { warn("\(rerun.reason); trying again in 0 s", hint: nil) }

    private func warn(_ message: String, hint: String?) {
        logger.warning("\(message)")
        record(JobEvent(.warning, message, hint: hint))
    }

    private func record(_ event: JobEvent) {
        let isRecorded = write { store throws(PostgresError) in try store.record(event) }
        // The latest say enough of a long absence.
        if !isRecorded { unsent = unsent.suffix(9) + [event] }
    }

    /// Writes into the job, whatever interrupts; false where it is not this engine's, or the shadow does not answer.
    @discardableResult
    private func write(_ body: (JobStore) throws(PostgresError) -> Void) -> Bool {
        guard isHeld, let store, let session, session.isAlive else { return false }
        do throws(PostgresError) {
            try session.shielded { () throws(PostgresError) in try body(store) }
            return true
        } catch {
            logger.warning("could not write to the job in the shadow: \(error.message)")
            return false
        }
    }

    private var store: JobStore? { session.map { JobStore($0, slot: settings.slot) } }
}
