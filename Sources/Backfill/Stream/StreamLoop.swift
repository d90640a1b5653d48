internal import Catalog
internal import Libpq
internal import Pgoutput
internal import Postgres
internal import Publisher
internal import Subscriber

/// Carries the stream's messages into the shadow: one thread, two connections, no queue.
///
///     source ──messages──▶ [transaction in hand] ──statements──▶ shadow
///     source ◀──durable position── [commit confirmed] ◀──answers── shadow
///
/// Invariants:
/// - A shadow transaction holds whole source transactions and, as its last change, the position behind them.
/// - No position is reported to the source as flushed before the shadow has confirmed the commit that holds it. Where
///   nothing was to be applied, the position is first written to the job: the slot is never ahead of the job.
/// - While a commit is under way nothing is read; nothing follows a transaction that may have failed.
/// - A transaction whose commit is not behind the last applied one has come again and is left out; so are changes of a
///   table that committed before the table's copy was made.
/// - Where tables were copied behind the job's position, the stream begins at their copy. Up to the job's position only
///   their changes are applied, and only their positions move.
final class StreamLoop {
    enum Outcome {
        case stopped
        /// The position that was asked for.
        case reached
        /// Tables were copied beside the stream: it is to begin again from where the shadow says.
        case tablesCopied
    }

    private let stream: WALStream
    let applier: Applier
    let control: Shadow
    let store: JobStore
    var tables: [QualifiedName: FollowedTable]
    private let sync: TableSync?
    private let stop: Interrupt
    private let statusInterval: Int
    private let batch: Duration
    /// Called for a table that is not the job's; returns if its changes are to be left out.
    var unknownTable: (QualifiedName) throws(PostgresError) -> Void = { _ throws(PostgresError) in }

    var decoder = MessageDecoder(ProtocolOptions(version: .v1, streaming: .off))
    var cache = RelationCache()
    var leftOut: Set<OID> = []
    var partitions: HeardPartitions
    /// Tables that were copied behind the job's position, as far as they have been planned.
    var catchingUp: Set<OID> = []
    /// All of them.
    private var behind: Set<QualifiedName>
    private var hasCatchUp: Bool { !behind.isEmpty }
    /// Where the job stands; the stream may begin before it.
    let jobPosition: LSN

    /// Durable in the shadow, and so reported to the source.
    private(set) var applied: LSN
    var lastCommit: LSN
    var received: LSN
    var sourceEnd: LSN
    /// The last source transaction in the open shadow transaction, or in the one being committed.
    var finished: Message.Commit?
    private var isCommitting = false
    var transaction: Message.Begin?
    var isRepeated = false
    /// Behind everything that was received, with nothing to apply on the way.
    var idlePosition: LSN?
    var batchStart = ContinuousClock.now
    private var lastStatus = ContinuousClock.now
    private var lastIdleNote = ContinuousClock.now
    var statusIsDue = true
    private(set) var hasApplied = false
    /// Source transactions in the open shadow transaction.
    private var transactionsInHand = 0
    var counters: EngineCounters?

    init(
        stream: WALStream, applier: Applier, control: Shadow, store: JobStore, tables: [FollowedTable],
        partitions: [QualifiedName: [FollowedPartition]], sync: TableSync?, start: LSN, job: LSN, lastCommit: LSN,
        statusInterval: Int, batchMilliseconds: Int,
        stop: Interrupt
    ) {
        self.stream = stream
        self.applier = applier
        self.control = control
        self.store = store
        self.tables = Dictionary(tables.map { ($0.name, $0) }) { first, _ in first }
        self.partitions = HeardPartitions(partitions)
        self.sync = sync
        behind = Set(tables.filter { $0.state == .catchUp }.map(\.name))
        applied = start
        jobPosition = job
        self.lastCommit = lastCommit
        received = start
        sourceEnd = start
        self.statusInterval = statusInterval
        batch = .milliseconds(batchMilliseconds)
        self.stop = stop
    }

    func run(until target: LSN?) throws(PostgresError) -> Outcome {
        while true {
            try applier.process()
            try noteCommit()
            try stream.exchange()
            try noteIdle(target)
            try sendStatus()
            if isBetweenTransactions {
                if let target, applied >= target { return .reached }
                if isStopping { return .stopped }
                if try meetDemand() { return .tablesCopied }
            }
            let mayRead = !isCommitting && !applier.isFull
            var hasRead = false
            if mayRead {
                // Some messages at a time, so that answers and the clock are looked at between them.
                for _ in 0..<256 {
                    let got = try unsafe stream.tryReceive { bytes throws(PostgresError) in
                        try unsafe receive(bytes.bytes)
                    }
                    guard got else { break }
                    hasRead = true
                    if isCommitting || applier.isFull || isBetweenTransactions && isWanted { break }
                }
            }
            if !hasRead, mayRead, transaction == nil, applier.isInTransaction { try commit() }
            if !hasRead, !(isBetweenTransactions && isWanted) { try wait(mayRead: mayRead) }
        }
    }

    /// Nothing is open in the shadow, and nothing is under way.
    private var isBetweenTransactions: Bool { transaction == nil && !isCommitting && !applier.isInTransaction }
    private var isStopping: Bool { stop.isFired }
    /// Something waits for the end of a transaction.
    var isWanted: Bool {
        if isStopping { return true }
        if case .none = sync?.demand ?? .none { return false }
        return true
    }

    /// Does what the copy beside the stream asks for. True if the stream is to begin again.
    private func meetDemand() throws(PostgresError) -> Bool {
        switch sync?.demand ?? .none {
        case .none: return false
        case .restart: return true
        case .fail(let error): throw error
        case .leaveOut(let names):
            for name in names { tables[name] = FollowedTable(name: name, state: .copying) }
            behind.subtract(names)
            leftOut = []
            catchingUp = []
            applier.forgetPlans()
            sync?.haveLeft()
            return false
        }
    }

    // MARK: Waiting

    private func wait(mayRead: Bool) throws(PostgresError) {
        var sockets = [(control.descriptor, false), (applier.descriptor, applier.hasUnsentData)]
        // A stream that may not be read now must not wake the loop over and over.
        if mayRead { sockets.append((stream.descriptor, stream.hasUnsentData)) }
        if let sync { sockets.append((sync.news.readDescriptor, false)) }
        let milliseconds = idlePosition != nil ? 500 : min(statusInterval, 1000)
        _ = Wait.poll(sockets, interrupt: isStopping ? nil : stop, milliseconds: milliseconds)
        sync?.news.clear()
        let notifications = control.takeNotifications()
        guard control.isAlive else {
            throw PostgresError(
                "the connection to the shadow is lost", sqlState: .connectionFailure, origin: .connection)
        }
        guard notifications.contains(where: { $0.payload == store.slot }) else { return }
        lastIdleNote = ContinuousClock.now - .seconds(1)
        sync?.poke()
    }

    // MARK: Positions

    func commit() throws(PostgresError) {
        guard let finished else { return }
        let catchUp: Applier.CatchUp =
            if !hasCatchUp { .none } else if isBehindJob(finished.commitLSN) { .behind(behind) } else {
                .reached(behind)
            }
        try applier.commit(
            end: finished.endLSN, commit: finished.commitLSN, time: finished.commitTime,
            source: max(sourceEnd, finished.endLSN), catchUp: catchUp)
        isCommitting = true
    }

    /// The job has this commit already; only tables that lie farther back may need it.
    func isBehindJob(_ commit: LSN) -> Bool { commit <= lastCommit || commit < jobPosition }

    /// Once the shadow has confirmed the commit, the position behind it is durable.
    private func noteCommit() throws(PostgresError) {
        guard isCommitting, applier.isIdle, let finished else { return }
        isCommitting = false
        applied = max(applied, finished.endLSN)
        if !isBehindJob(finished.commitLSN) {
            lastCommit = finished.commitLSN
            haveCaughtUp()
        }
        self.finished = nil
        counters?.applied(transactions: transactionsInHand, changes: applier.changes)
        transactionsInHand = 0
        hasApplied = true
        statusIsDue = true
    }

    private func haveCaughtUp() {
        guard hasCatchUp else { return }
        behind = []
        catchingUp = []
        sync?.poke()
    }

    /// Writes down a position to which nothing was to be applied, now and then, and before it is reported.
    private func noteIdle(_ target: LSN?) throws(PostgresError) {
        guard let position = idlePosition, isBetweenTransactions, position >= jobPosition else { return }
        guard position > applied || hasCatchUp else {
            idlePosition = nil
            return
        }
        let isDue = lastIdleNote.duration(to: .now) >= .milliseconds(500)
        guard isDue || statusIsDue || isStopping || target.map({ position >= $0 }) ?? false else {
            return
        }
        if hasCatchUp { try store.markCaughtUp(behind) }
        haveCaughtUp()
        try store.setApplied(position, source: sourceEnd)
        applied = max(applied, position)
        idlePosition = nil
        lastIdleNote = .now
        statusIsDue = true
    }

    private func sendStatus() throws(PostgresError) {
        guard statusIsDue || lastStatus.duration(to: .now) >= .milliseconds(statusInterval) else { return }
        // Without a position the slot stays where it is, and the source may yet shut down (WalSndDone in walsender.c).
        let status = StandbyStatusUpdate(
            written: max(received, applied), flushed: sync?.holdsSlot == true ? .invalid : applied, applied: applied,
            time: Clock.now, replyRequested: false)
        try stream.sendStatus(status.encoded)
        statusIsDue = false
        lastStatus = .now
    }

    /// The end of a source transaction: the shadow's goes on while more comes, for as long as a batch may take.
    func finish(_ commit: Message.Commit) throws(PostgresError) {
        guard applier.isInTransaction else {
            // Nothing of it was to be applied.
            idlePosition = max(idlePosition ?? .invalid, commit.endLSN)
            return
        }
        if isRepeated, !hasCatchUp { return }
        finished = commit
        transactionsInHand += 1
        if batchStart.duration(to: .now) >= batch || applier.changes >= 20_000 || isWanted { try self.commit() }
    }
}
