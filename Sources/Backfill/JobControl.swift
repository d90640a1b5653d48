internal import Catalog
public import Libpq
public import Postgres
internal import Publisher
internal import Subscriber

/// Looks at a job and steers its engine, from any session that reaches the shadow.
public struct JobControl {
    let store: JobStore
    public let slot: String

    public init(_ shadow: Connection, slot: String) {
        self.slot = slot
        store = JobStore(shadow, slot: slot)
    }

    /// How the job stands.
    ///
    /// - Parameter source: for the lag; nil where it can't be reached.
    public func status(source: Connection?) throws(PostgresError) -> JobStatus {
        guard let job = try store.job() else { return JobStatus(none: slot) }
        let position: LSN? = if let source { try? source.sourcePosition() } else { nil }
        return JobStatus(
            job, try store.tables(), sourcePosition: position ?? job.sourceLSN, throttle: try throttle(),
            wal: job.lockPID == nil ? nil : try store.samples(since: nil).last.map { JobStatus.WAL($0, slot: slot) })
    }

    /// The tables of the job; empty where there is none.
    public func tables() throws(PostgresError) -> [JobTable] {
        try store.exists() ? try store.tables().map { JobTable($0) } : []
    }

    public func events(latest count: Int) throws(PostgresError) -> [JobHappening] {
        try store.exists() ? try store.events(latest: count).map { JobHappening($0) } : []
    }

    public var isRunning: Bool {
        get throws(PostgresError) { try store.job()?.lockPID != nil }
    }

    /// Whether the engine that runs the job is this process of this machine.
    public func isRun(by pid: Int32) throws(PostgresError) -> Bool {
        guard let job = try store.job(), job.lockPID != nil else { return false }
        return job.enginePID == Int(pid) && job.engineHost == JobLock.hostName
    }

    /// Asks the engine to stop and waits until it has. False if none was running.
    public func stop(interrupt: Interrupt, milliseconds: Int = 60_000) throws(PostgresError) -> Bool {
        guard try isRunning else { return false }
        try store.request("stop")
        let isStopped = try until(milliseconds, interrupt) { () throws(PostgresError) in try !isRunning }
        guard isStopped else {
            throw PostgresError(
                "the engine has not stopped within \(milliseconds / 1000) s",
                hint: "It finishes the transaction in hand first; \\backfill status shows how it goes.",
                sqlState: .lockNotAvailable)
        }
        return true
    }

    /// What can be waited for.
    public enum Goal: Sendable {
        /// Every table is copied.
        case snapshot
        /// All that the source had committed at this position is in the shadow.
        case applied(LSN)
    }

    /// Waits until the job has come so far.
    ///
    /// Throws 57014 when the time is over, and the engine's own error if it fails meanwhile.
    public func wait(for goal: Goal, milliseconds: Int?, interrupt: Interrupt) throws(PostgresError) {
        let start = ContinuousClock.now
        let reached = try until(milliseconds, interrupt) { () throws(PostgresError) in
            // An engine that has just been started needs a moment to make its job and take its lock.
            let isEarly = start.duration(to: .now) < .seconds(5)
            guard let job = try store.job() else {
                if isEarly { return false }
                throw PostgresError("there is no job to wait for", hint: "Start one with \\backfill start.")
            }
            switch goal {
            case .snapshot:
                let tables = try store.tables()
                if !tables.isEmpty, tables.allSatisfy({ $0.state == .ready }) { return true }
            case .applied(let position):
                if job.state == JobState.streaming.rawValue, let applied = job.appliedLSN, applied >= position {
                    return true
                }
                try store.wake()
            }
            if job.lockPID == nil, !isEarly { throw Self.notRunning(job) }
            return false
        }
        guard reached else {
            throw PostgresError(
                "the job has not come so far within \((milliseconds ?? 0) / 1000) s",
                hint: "\\backfill status shows how it goes.", sqlState: .queryCanceled)
        }
    }

    /// Waits until all that the source has committed by now is in the shadow.
    public func waitUntilCaughtUp(
        with source: Connection, milliseconds: Int?, interrupt: Interrupt
    ) throws(PostgresError) {
        try wait(for: .applied(try source.sourcePosition()), milliseconds: milliseconds, interrupt: interrupt)
    }

    private static func notRunning(_ job: JobRecord) -> PostgresError {
        if job.state == JobState.failed.rawValue, let error = job.error.flatMap({ JobError(json: $0) }) {
            return error.error
        }
        return PostgresError("the engine is not running", hint: "Start it with \\backfill start.")
    }

    /// Forgets the job. The shadow's tables stay as they are.
    ///
    /// Throws while an engine runs.
    public func reset() throws(PostgresError) {
        guard let job = try store.job() else { return }
        guard job.lockPID == nil else {
            throw PostgresError(
                "the engine of slot \"\(slot)\" is running", hint: "Stop it first with \\backfill stop.",
                sqlState: .objectInUse)
        }
        try store.delete()
    }

    /// Tests a condition ten times a second.
    private func until(
        _ milliseconds: Int?, _ interrupt: Interrupt, _ condition: () throws(PostgresError) -> Bool
    ) throws(PostgresError) -> Bool {
        let start = ContinuousClock.now
        while true {
            if try condition() { return true }
            if let milliseconds, start.duration(to: .now) >= .milliseconds(milliseconds) { return false }
            if Wait.poll([], interrupt: interrupt, milliseconds: 100) == .interrupted {
                interrupt.clear()
                throw Interrupt.error
            }
        }
    }
}
