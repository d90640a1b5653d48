internal import Postgres
internal import Subscriber

/// Decides what one session of the stream applies, when the shadow commits, and which position is reported to the
/// source. It does no I/O: messages, the shadow's confirmations, requests and the clock go in; `next` returns the next
/// action.
///
///     source's transaction    outside ──begin──▶ inside ──finish──▶ outside
///     shadow's transaction    none ──open──▶ open ──commit──▶ committing ──confirm──▶ none
///
/// An open transaction of the shadow takes in further transactions of the source until its batch is full. Two kinds of position
/// become durable in the shadow, and are reported to the source only then: the end of a transaction that was applied, with the
/// commit that holds its rows; and the latest position with nothing to apply before it, which is noted by itself.
///
/// Invariants:
/// - No position is reported as flushed before the shadow has confirmed the transaction that records it.
/// - A transaction of the shadow holds whole transactions of the source, and nothing follows one whose end is not known.
/// - A transaction whose commit is not after the job's last one is repeated: of it only tables that catch up take changes, and of
///   any transaction a table takes none that committed before its copy's snapshot.
/// - Before the job's position only the positions of tables that catch up move; with the first transaction after it, or a
///   noted position there, they have reached the others.
struct StreamPositions {
    /// Where the session begins, as the shadow has it.
    struct Start {
        /// All that ends at or before this is in the shadow, in every table that does not catch up.
        var job: LSN
        /// The commit of the last transaction that was applied.
        var lastCommit: LSN = .invalid
        /// The tables that were copied at an earlier position than the job's, with that position.
        var catchingUp: [QualifiedName: LSN] = [:]

        /// The position from which the source is to send.
        var stream: LSN { catchingUp.values.reduce(job, min) }
    }

    /// How long a batch may take, and how often positions are noted and reported, in milliseconds; how many changes a batch holds.
    struct Limits {
        var batch = 20
        var changes = 20_000
        var status = 10_000
        var note = 500
    }

    /// A request to the stream.
    struct Requests: Equatable {
        /// The engine is to stop.
        var stops = false
        /// Tables were copied: the stream is to begin again from where the shadow says.
        var restarts = false
        /// Changes of these tables are not to be applied any more, as they are about to be copied.
        var excludes: Set<QualifiedName> = []
        /// The slot must stay where it is.
        var holdsSlot = false
        /// A waiting shell wants to see the latest position.
        var wantsNote = false
        /// The source's transaction in hand waits for the source's schema to be compared.
        var awaitsSchema = false
        /// Where this phase of the job ends.
        var target: LSN?

        /// Something waits for the end of a transaction.
        var isWaiting: Bool { stops || restarts || !excludes.isEmpty }
    }

    enum Outcome: Equatable { case stopped, reached, restarts }

    enum Action: Equatable {
        /// Commit the shadow's transaction; `confirm` when that has succeeded.
        case commit(Progress)
        /// Write a position into the job for which nothing was applied; these tables have caught up with it.
        case note(LSN, source: LSN, caughtUp: Set<QualifiedName>)
        /// Report the position to the source.
        case report(written: LSN, flushed: LSN, applied: LSN)
        /// Apply no change of these tables from here on.
        case exclude(Set<QualifiedName>)
        /// End the session.
        case end(Outcome)
        /// Only read on, or wait.
        case proceed
    }

    /// The end of a transaction of the source.
    struct End: Equatable {
        /// The position of the commit record, which identifies the transaction.
        var commit: LSN
        /// The position after it.
        var end: LSN
        /// When the source committed.
        var time: Timestamp
    }

    private enum Transaction {
        case none
        /// Since a moment in milliseconds; with the last whole transaction of the source in it.
        case open(since: Int, last: End?)
        case committing(End)
    }

    private let limits: Limits
    /// The job's position when the session began.
    private let job: LSN
    private var shadow = Transaction.none
    /// The source's transaction that is being received: whether the job has it already.
    private var received: (commit: LSN, isRepeated: Bool, hasChanges: Bool)?
    private var lastCommit: LSN
    private var catchingUp: Set<QualifiedName>
    private var durable: LSN
    private var written: LSN
    private var source: LSN
    /// The latest position with nothing to apply before it.
    private var idle: LSN?
    private var changes = 0
    private var transactions = 0
    private var lastReport = 0
    private var lastNote = 0
    private var reportIsDue = true

    /// - Parameter now: milliseconds by the clock that the other moments are of.
    init(_ start: Start, _ limits: Limits = Limits(), now: Int = 0) {
        self.limits = limits
        job = start.job
        lastCommit = start.lastCommit
        catchingUp = Set(start.catchingUp.keys)
        durable = start.stream
        written = start.stream
        source = start.stream
        lastReport = now
        lastNote = now
    }

    /// All before it is in the shadow, and durable.
    var durablePosition: LSN { durable }
    /// The shadow's transaction is being committed: nothing may be added.
    var isCommitting: Bool { if case .committing = shadow { true } else { false } }
    /// The shadow has a transaction open.
    var isOpen: Bool { if case .open = shadow { true } else { false } }
    /// Neither the source's transaction nor the shadow's is under way.
    var isBetween: Bool { if case .none = shadow { received == nil } else { false } }

    /// Changes of the source's transaction in hand are in the shadow's open one.
    var hasChanges: Bool { received?.hasChanges ?? false }

    /// How long nothing is due by the clock, in milliseconds: a second at most.
    func millisecondsUntilDue(now: Int) -> Int {
        var due = limits.status - (now - lastReport)
        if idle != nil, isBetween { due = min(due, limits.note - (now - lastNote)) }
        return min(1000, max(0, due))
    }

    // MARK: Input from the stream

    /// A message with a piece of WAL.
    mutating func data(from start: LSN, to end: LSN) {
        written = max(written, start)
        source = max(source, end)
    }

    /// - Parameter isInside: a transaction has begun to arrive.
    mutating func keepalive(_ end: LSN, replyRequested: Bool, isInside: Bool) {
        written = max(written, end)
        source = max(source, end)
        if !isInside, received == nil { idle = max(idle ?? .invalid, end) }
        if replyRequested { reportIsDue = true }
    }

    /// A transaction of the source begins.
    mutating func begin(commit: LSN) {
        received = (commit, isRepeated(commit), false)
        idle = nil
    }

    /// The source's transaction has been applied already, to all tables but those that catch up.
    var isRepeated: Bool { received?.isRepeated ?? false }

    /// Whether a change of the present transaction belongs into a table.
    ///
    /// - Parameters:
    ///   - snapshot: where the table was copied.
    ///   - catchesUp: it was copied at an earlier position than the job's.
    func applies(copiedAt snapshot: LSN, catchesUp: Bool) -> Bool {
        guard let received else { return false }
        return received.commit >= snapshot && (catchesUp || !received.isRepeated)
    }

    /// The first change is about to be applied.
    mutating func open(now: Int) {
        shadow = .open(since: now, last: nil)
        changes = 0
        transactions = 0
    }

    /// A change of the source's transaction is applied, in the open transaction of the shadow.
    mutating func change() { received?.hasChanges = true }

    /// The end of the source's transaction.
    ///
    /// - Parameter changes: how many the shadow's transaction holds, if it is open.
    mutating func finish(_ end: End, changes: Int) {
        received = nil
        written = max(written, end.end)
        guard case .open(let since, _) = shadow else {
            // None of its changes were to be applied.
            idle = max(idle ?? .invalid, end.end)
            return
        }
        shadow = .open(since: since, last: end)
        self.changes = changes
        transactions += 1
    }

    // MARK: Confirmations of the shadow

    /// The shadow has committed.
    ///
    /// - Returns: How many transactions of the source the commit held, and which tables have caught up with it.
    mutating func confirm() -> (transactions: Int, caughtUp: Set<QualifiedName>) {
        guard case .committing(let last) = shadow else { return (0, []) }
        shadow = .none
        durable = max(durable, last.end)
        reportIsDue = true
        defer { transactions = 0 }
        guard !isRepeated(last.commit) else { return (transactions, []) }
        lastCommit = last.commit
        defer { catchingUp = [] }
        return (transactions, catchingUp)
    }

    // MARK: The next action

    /// The next action; called again after each until it returns `.proceed`. Every action is taken as done at once,
    /// except for a commit, which has to be confirmed.
    ///
    /// - Parameter isDry: nothing more can be read at present.
    mutating func next(_ requests: Requests, now: Int, isDry: Bool) -> Action {
        if let action = note(requests, now: now) { return action }
        if reportIsDue || now - lastReport >= limits.status {
            reportIsDue = false
            lastReport = now
            // Without a position the slot stays where it is, and the source may yet shut down (WalSndDone in walsender.c).
            let flushed = requests.holdsSlot ? .invalid : durable
            return .report(written: max(written, durable), flushed: flushed, applied: durable)
        }
        if isBetween {
            if let target = requests.target, durable >= target { return .end(.reached) }
            if requests.stops { return .end(.stopped) }
            if requests.restarts { return .end(.restarts) }
            if !requests.excludes.isEmpty {
                catchingUp.subtract(requests.excludes)
                return .exclude(requests.excludes)
            }
        }
        return commit(requests, now: now, isDry: isDry) ?? .proceed
    }

    private mutating func note(_ requests: Requests, now: Int) -> Action? {
        guard let position = idle, isBetween, position >= job else { return nil }
        guard position > durable || !catchingUp.isEmpty else {
            idle = nil
            return nil
        }
        let isWanted = requests.wantsNote || requests.stops || requests.target.map { position >= $0 } ?? false
        guard isWanted || reportIsDue || now - lastNote >= limits.note else { return nil }
        defer { catchingUp = [] }
        durable = max(durable, position)
        idle = nil
        lastNote = now
        reportIsDue = true
        return .note(position, source: source, caughtUp: catchingUp)
    }

    private mutating func commit(_ requests: Requests, now: Int, isDry: Bool) -> Action? {
        // Nothing of a transaction that waits is in the shadow's: what came before it need not wait.
        let mayCommit = received.map { requests.awaitsSchema && !$0.hasChanges } ?? true
        guard mayCommit, case .open(let since, let last?) = shadow,
            isDry || requests.awaitsSchema || requests.isWaiting || now - since >= limits.batch
                || changes >= limits.changes
        else { return nil }
        shadow = .committing(last)
        let catchUp: Progress.CatchUp =
            catchingUp.isEmpty ? .none : isRepeated(last.commit) ? .nearer(catchingUp) : .reached(catchingUp)
        return .commit(
            Progress(
                end: last.end, commit: last.commit, commitTime: last.time, source: max(source, last.end),
                catchUp: catchUp))
    }

    private func isRepeated(_ commit: LSN) -> Bool { commit <= lastCommit || commit < job }
}
