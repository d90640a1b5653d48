internal import Catalog
internal import Glibc
public import Libpq
public import Postgres
public import Publisher
internal import Subscriber

/// Looks at a job and steers its engine, from any session that reaches the shadow.
public struct JobControl {
    let store: JobStore
    public let slot: String

    public init(_ shadow: Connection, slot: String) {
        self.slot = slot
        store = JobStore(Shadow(shadow), slot: slot)
    }

    /// How the job stands.
    ///
    /// - Parameter source: for the lag, which is not known without; nil where it can't be reached.
    public func status(source: Connection?) throws(PostgresError) -> JobStatus {
        guard let job = try store.job() else { return JobStatus(none: slot) }
        let source = source.map { Source($0) }
        let position: LSN? = if let source { try? source.sourcePosition() } else { nil }
        let tables = try store.tables()
        let isCopying = tables.contains(where: \.isWaiting)
        let rate = job.lockPID != nil && isCopying ? try store.copyRate() : nil
        var estimates: [QualifiedName: TableEstimate] = [:]
        if let source, isCopying { estimates = (try? source.estimates(of: tables.map(\.name))) ?? [:] }
        return JobStatus(
            job, tables, rate: rate, forecast: CopyForecast(tables, estimates, rate: rate), sourcePosition: position,
            sampleAge: try job.appliedLSN.flatMap { applied throws(PostgresError) in try store.sampleAge(upTo: applied)
            },
            isGone: Self.isGone(job), throttle: try throttle(),
            wal: job.lockPID == nil ? nil : try store.samples(since: nil).last.map { JobStatus.WAL($0, slot: slot) })
    }

    /// The tables of the job; empty where there is none.
    public func tables() throws(PostgresError) -> [JobTable] {
        guard let job = try store.job() else { return [] }
        let setAside = Dictionary(grouping: try setAside().filter { $0.table != nil }) { $0.table }
        return try store.tables().map { table in
            JobTable(table, setAside: setAside[table.name] ?? [], isRunning: job.lockPID != nil)
        }
    }

    public func events(latest count: Int) throws(PostgresError) -> [JobHappening] {
        try store.exists() ? try store.events(latest: count).map { JobHappening($0) } : []
    }

    public var isRunning: Bool {
        get throws(PostgresError) { try store.job()?.lockPID != nil }
    }

    /// Whether the job goes on from where it stands in its slot: without the slot it could not.
    public func followsSlot() throws(PostgresError) -> Bool {
        guard let job = try store.job() else { return false }
        return job.appliedLSN != nil && job.mode != JobSettings.Mode.snapshot.rawValue
    }

    /// Whether the engine that runs the job is this process of this machine, and has either passed its checks or waits for
    /// something that passes by itself.
    public func isUnderWay(by pid: Int32) throws(PostgresError) -> Bool {
        guard let job = try store.job(), job.lockPID != nil, job.enginePID == Int(pid),
            job.engineHost == JobLock.hostName
        else { return false }
        // One that has failed holds its lock for a moment yet.
        if Self.hasEnded(job) { return false }
        return job.state != JobState.setup.rawValue || job.error != nil
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
        /// All that the source had committed at this position is in the shadow, and the tables that its publication sent are
        /// followed: by the table, the mark of how it sent it. Where partitions are sent as their root, what has become of
        /// them until then, too.
        case applied(LSN, sent: [PublicationMark])
    }

    /// Waits until the job has come so far.
    ///
    /// Throws 57014 when the time is over, and the engine's own error if it fails meanwhile.
    public func wait(for goal: Goal, milliseconds: Int?, interrupt: Interrupt) throws(PostgresError) {
        var alone = ContinuousClock.now
        let reached = try until(milliseconds, interrupt) { () throws(PostgresError) in
            // An engine that has just been started needs a moment to make its job and take its lock.
            let isEarly = alone.duration(to: .now) < .seconds(5)
            guard let job = try store.job() else {
                if isEarly { return false }
                throw PostgresError("there is no job to wait for", hint: "Start one with \\backfill start.")
            }
            switch goal {
            case .snapshot:
                let tables = try store.tables()
                try Self.throwProblem(of: tables)
                if !tables.isEmpty, !tables.contains(where: \.isBehind) { return true }
            case .applied(let position, let sent):
                // What the look has found, the tables tell from then on.
                let look = sent.contains(where: \.isPartitioned) ? try store.partitionLook() ?? .invalid : position
                let tables = try store.tables()
                if job.state == JobState.streaming.rawValue, let applied = job.appliedLSN, applied >= position,
                    !tables.contains(where: \.isWaiting), Self.follow(tables, sent),
                    look >= position || tables.contains(where: { $0.problem != nil })
                {
                    try Self.throwProblem(of: tables)
                    return true
                }
                try store.wake()
            }
            if job.lockPID != nil {
                alone = .now
            } else if !isEarly {
                // One that has lost the shadow for a while comes back, after its longest pause.
                if Self.hasEnded(job) || Self.isGone(job) || alone.duration(to: .now) > .seconds(Backoff.longest + 5) {
                    throw Self.notRunning(job)
                }
            }
            return false
        }
        guard reached else { throw Self.timedOut(milliseconds ?? 0) }
    }

    /// What a wait ends with when its time is over.
    public static func timedOut(_ milliseconds: Int, detail: String? = nil) -> PostgresError {
        PostgresError(
            "the job has not come so far within \(milliseconds / 1000) s", detail: detail,
            hint: "\\backfill status shows how it goes.", sqlState: .queryCanceled)
    }

    private static func hasEnded(_ job: JobRecord) -> Bool {
        [JobState.stopped, .failed].map(\.rawValue).contains(job.state)
    }

    /// Waits until all that the source has committed by now is in the shadow.
    public func waitUntilCaughtUp(
        with source: Connection, milliseconds: Int?, interrupt: Interrupt
    ) throws(PostgresError) {
        try wait(for: try caughtUp(with: source), milliseconds: milliseconds, interrupt: interrupt)
    }

    /// The goal that all which the source has committed by now is in the shadow.
    public func caughtUp(with source: Connection) throws(PostgresError) -> Goal {
        let source = Source(source)
        let position = try source.sourcePosition()
        var sent: [PublicationMark] = []
        if let job = try store.job(), job.mode != JobSettings.Mode.snapshot.rawValue {
            sent = try source.publicationMarks(job.publication) ?? []
        }
        return .applied(position, sent: sent)
    }

    /// Whether a job knows all tables as its publication sends them, and has them where the others are.
    private static func follow(_ tables: [FollowedTable], _ sent: [PublicationMark]) -> Bool {
        let byName = Dictionary(tables.map { ($0.name, $0) }) { first, _ in first }
        return sent.allSatisfy { sent in
            guard let table = byName[sent.table] else { return false }
            if table.problem != nil { return true }
            return table.state == .ready && (table.publishedAs ?? sent.mark) == sent.mark
        }
    }

    /// What a table can't be copied for, is what the wait can't end well for.
    private static func throwProblem(of tables: [FollowedTable]) throws(PostgresError) {
        guard let table = tables.first(where: { $0.problem != nil }) else { return }
        let problem = table.problem.flatMap { JobError(json: $0) }
        throw PostgresError(
            "table \(table.name) could not be copied: \(problem?.message ?? "unknown")", detail: problem?.detail,
            hint: problem?.hint ?? "Put it right, then \\backfill resync \(table.name).")
    }

    /// Has tables copied again while the rest follows; those that the job does not follow are an error.
    public func resync(_ tables: [QualifiedName]) throws(PostgresError) {
        let known =
            try store.job() == nil ? [] : Set(try store.tables().filter { $0.state != .unpublished }.map(\.name))
        let unknown = tables.filter { !known.contains($0) }
        guard unknown.isEmpty else {
            throw PostgresError(
                "the job does not follow \(unknown.map(\.description).joined(separator: ", "))",
                hint: "\\backfill tables lists what it follows; \\publish adds to it.", sqlState: .undefinedTable)
        }
        _ = try store.resync(tables)
    }

    /// Has the engine look at the publication now; nothing where there is no job.
    public func wake() throws(PostgresError) { if try store.job() != nil { try store.wake() } }

    /// The engine was a process of this machine, and is no more.
    private static func isGone(_ job: JobRecord) -> Bool {
        guard job.engineHost == JobLock.hostName, let pid = job.enginePID else { return false }
        return kill(pid_t(pid), 0) != 0 && errno == ESRCH
    }

    private static func notRunning(_ job: JobRecord) -> PostgresError {
        if job.state == JobState.failed.rawValue, let error = job.error.flatMap({ JobError(json: $0) }) {
            return error.error
        }
        return PostgresError("the engine is not running", hint: "Start it with \\backfill start.")
    }

    /// Takes back what a start that was cut off has made on the source; returns what has gone, for people.
    public func takeBack(from source: Connection, interrupt: Interrupt) throws(PostgresError) -> [String] {
        try UnfinishedStart(store, Source(source))?.takeBack(interrupt: interrupt) ?? []
    }

    /// Whether a start was cut off before it had copied any table, and has noted that it makes something on the source.
    public var hasUnfinishedStart: Bool {
        get throws(PostgresError) {
            guard let job = try store.job(), !job.isCopied, job.madeSlot || job.madePublication else { return false }
            return try !store.tables().contains { $0.state == .ready }
        }
    }

    /// The slots of all jobs that this shadow knows.
    public func knownSlots() throws(PostgresError) -> Set<String> {
        try store.exists() ? try store.allSlots() : []
    }

    /// Forgets the job. The shadow's tables stay, with what was set aside put back, and their identity columns GENERATED ALWAYS
    /// again where they were before the job followed.
    ///
    /// - Returns: What was put back, and what could not be, for people.
    /// - Throws: while an engine runs.
    public func reset() throws(PostgresError) -> [String] {
        guard let job = try store.job() else { return [] }
        guard job.lockPID == nil else {
            throw PostgresError(
                "the engine of slot \"\(slot)\" is running", hint: "Stop it first with \\backfill stop.",
                sqlState: .objectInUse)
        }
        let done = try putBackAll()
        try store.shadow.transaction { () throws(PostgresError) in
            for table in try store.tables() {
                try store.shadow.restoreIdentity(table.name, table.identityColumns)
            }
            try store.delete()
        }
        return done
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
