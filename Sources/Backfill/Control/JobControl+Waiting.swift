internal import Catalog
internal import Job
public import Libpq
public import Postgres
public import Publisher
internal import Subscriber

// Waiting until the job has come so far.
extension JobControl {
    /// The goals of a wait.
    public enum Goal: Sendable {
        /// Every table is copied.
        case snapshot
        /// All that the source had committed at this position is in the shadow, and the tables that its publication
        /// sent are followed, as it sent them. The changes of their schema until then,
        /// and where partitions are sent as their root, those of partitions, are there too.
        case applied(LSN, sent: [SentTable])
    }

    /// Throws 57014 when the time is over, and the engine's own error if it fails meanwhile.
    public func wait(for goal: Goal, milliseconds: Int?, interrupt: Interrupt) throws(PostgresError) {
        var alone = ContinuousClock.now
        let isReached = try until(milliseconds, interrupt) { () throws(PostgresError) in
            // An engine that has just been started needs a moment to make its job and take its lock.
            let isEarly = alone.duration(to: .now) < .seconds(5)
            guard let job = try store.job() else {
                if isEarly { return false }
                throw JobFault.noJob("to wait for")
            }
            if try hasReached(goal, job) { return true }
            if job.isRunning {
                alone = .now
            } else if !isEarly {
                // An engine that has lost the shadow for a while comes back, after its longest pause.
                if Self.hasEnded(job) || Self.isGone(job) || alone.duration(to: .now) > .seconds(Backoff.longest + 5) {
                    throw Self.notRunning(job)
                }
            }
            return false
        }
        guard isReached else { throw JobFault.notYetReached(seconds: (milliseconds ?? 0) / 1000) }
    }

    private func hasReached(_ goal: Goal, _ job: JobRecord) throws(PostgresError) -> Bool {
        switch goal {
        case .snapshot:
            let tables = try store.tables()
            try Self.throwProblem(of: tables)
            return !tables.isEmpty && !tables.contains(where: \.lags)
        case .applied(let position, let sent):
            // The poll is read first, so that the tables include its findings.
            let polled = sent.contains(where: \.isPartitioned) ? try store.partitionPoll() ?? .invalid : position
            let compared = try store.schemaPosition() ?? .invalid
            let tables = try store.tables()
            if job.state == .streaming, let applied = job.appliedLSN, applied >= position,
                !tables.contains(where: \.needsCopy), Self.follow(tables, sent),
                min(polled, compared) >= position || tables.contains(where: { $0.problem != nil })
            {
                try Self.throwProblem(of: tables)
                return true
            }
            try store.wake()
            return false
        }
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
        var sent: [SentTable] = []
        if let job = try store.job(), job.mode.follows { sent = try source.sentTables(of: job.publication) ?? [] }
        return .applied(position, sent: sent)
    }

    /// Whether a job knows all tables as its publication sends them, and has them where the others are.
    private static func follow(_ tables: [FollowedTable], _ sent: [SentTable]) -> Bool {
        let byName = Dictionary(tables.map { ($0.name, $0) }) { first, _ in first }
        return sent.allSatisfy { sent in
            guard let table = byName[sent.table] else { return false }
            if table.problem != nil { return true }
            return table.isReady && (table.publishedAs ?? sent.fingerprint) == sent.fingerprint
        }
    }

    private static func throwProblem(of tables: [FollowedTable]) throws(PostgresError) {
        guard let table = tables.first(where: { $0.problem != nil }) else { return }
        throw JobFault.notCopied(table.name, table.problem)
    }

    private static func notRunning(_ job: JobRecord) -> PostgresError {
        if job.state == .failed, let error = job.error { return error.error }
        return JobFault.engineIsNotRunning()
    }

    /// Tests a condition ten times a second; false when the time is over.
    func until(
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
