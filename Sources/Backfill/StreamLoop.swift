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
final class StreamLoop {
    enum Outcome { case stopped, reached }

    private let stream: WALStream
    private let applier: Applier
    private let control: ShadowSession
    private let store: JobStore
    private let tables: [QualifiedName: FollowedTable]
    private let stop: Interrupt
    private let statusInterval: Int
    private let batch: Duration
    /// Called for a table that is not the job's; returns if its changes are to be left out.
    var unknownTable: (QualifiedName) throws(PostgresError) -> Void = { _ throws(PostgresError) in }

    private var decoder = MessageDecoder(ProtocolOptions(version: .v1, streaming: .off))
    private var cache = RelationCache()
    private var leftOut: Set<OID> = []

    /// Durable in the shadow, and so reported to the source.
    private(set) var applied: LSN
    private var lastCommit: LSN
    private var received: LSN
    private var sourceEnd: LSN
    /// The last source transaction in the open shadow transaction, or in the one being committed.
    private var finished: Message.Commit?
    private var isCommitting = false
    private var transaction: Message.Begin?
    private var isRepeated = false
    /// Behind everything that was received, with nothing to apply on the way.
    private var idlePosition: LSN?
    private var batchStart = ContinuousClock.now
    private var lastStatus = ContinuousClock.now
    private var lastIdleNote = ContinuousClock.now
    private var statusIsDue = true
    private var stopRequested = false
    private(set) var hasApplied = false

    init(
        stream: WALStream, applier: Applier, control: ShadowSession, store: JobStore, tables: [FollowedTable],
        applied: LSN, lastCommit: LSN, statusInterval: Int, batchMilliseconds: Int, stop: Interrupt
    ) {
        self.stream = stream
        self.applier = applier
        self.control = control
        self.store = store
        self.tables = Dictionary(tables.map { ($0.name, $0) }) { first, _ in first }
        self.applied = applied
        self.lastCommit = lastCommit
        received = applied
        sourceEnd = applied
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
                    if isCommitting || applier.isFull || isBetweenTransactions && isStopping { break }
                }
            }
            if !hasRead, mayRead, transaction == nil, applier.isInTransaction { try commit() }
            if !hasRead, !(isBetweenTransactions && isStopping) { try wait(mayRead: mayRead) }
        }
    }

    /// Nothing is open in the shadow, and nothing is under way.
    private var isBetweenTransactions: Bool { transaction == nil && !isCommitting && !applier.isInTransaction }
    private var isStopping: Bool { stopRequested || stop.isFired }

    // MARK: Waiting

    private func wait(mayRead: Bool) throws(PostgresError) {
        var sockets = [(control.connection.descriptor, false), (applier.descriptor, applier.hasUnsentData)]
        // A stream that may not be read now must not wake the loop over and over.
        if mayRead { sockets.append((stream.descriptor, stream.hasUnsentData)) }
        let milliseconds = idlePosition != nil ? 500 : min(statusInterval, 1000)
        _ = Wait.poll(sockets, interrupt: isStopping ? nil : stop, milliseconds: milliseconds)
        let notifications = control.connection.takeNotifications()
        guard control.connection.isAlive else {
            throw PostgresError(
                "the connection to the shadow is lost", sqlState: .connectionFailure, origin: .connection)
        }
        guard notifications.contains(where: { $0.payload == store.slot }) else { return }
        if try store.job()?.request == "stop" { stopRequested = true }
        lastIdleNote = ContinuousClock.now - .seconds(1)
    }

    // MARK: Positions

    private func commit() throws(PostgresError) {
        guard let finished else { return }
        try applier.commit(
            end: finished.endLSN, commit: finished.commitLSN, time: finished.commitTime,
            source: max(sourceEnd, finished.endLSN))
        isCommitting = true
    }

    /// Once the shadow has confirmed the commit, the position behind it is durable.
    private func noteCommit() throws(PostgresError) {
        guard isCommitting, applier.isIdle, let finished else { return }
        isCommitting = false
        applied = max(applied, finished.endLSN)
        lastCommit = finished.commitLSN
        self.finished = nil
        hasApplied = true
        statusIsDue = true
    }

    /// Writes down a position to which nothing was to be applied, now and then, and before it is reported.
    private func noteIdle(_ target: LSN?) throws(PostgresError) {
        guard let position = idlePosition, isBetweenTransactions else { return }
        guard position > applied else {
            idlePosition = nil
            return
        }
        let isDue = lastIdleNote.duration(to: .now) >= .milliseconds(500)
        guard isDue || statusIsDue || isStopping || target.map({ position >= $0 }) ?? false else {
            return
        }
        try store.setApplied(position, source: sourceEnd)
        applied = position
        idlePosition = nil
        lastIdleNote = .now
        statusIsDue = true
    }

    private func sendStatus() throws(PostgresError) {
        guard statusIsDue || lastStatus.duration(to: .now) >= .milliseconds(statusInterval) else { return }
        let status = StandbyStatusUpdate(
            written: max(received, applied), flushed: applied, applied: applied, time: Clock.now, replyRequested: false)
        try stream.send(status.encoded)
        statusIsDue = false
        lastStatus = .now
    }

    // MARK: Messages

    private func receive(_ bytes: RawSpan) throws(PostgresError) {
        do throws(DecodingError) {
            switch try WALSenderMessage(decoding: bytes) {
            case .keepalive(let keepalive):
                sourceEnd = max(sourceEnd, keepalive.walEnd)
                received = max(received, keepalive.walEnd)
                if transaction == nil { idlePosition = max(idlePosition ?? .invalid, keepalive.walEnd) }
                if keepalive.replyRequested { statusIsDue = true }
            case .xlogData(let data):
                received = max(received, data.start)
                sourceEnd = max(sourceEnd, data.end)
                let message = try decoder.decode(bytes, from: data.payload)
                // Its own error type: rethrown below as it is.
                deferred = nil
                do throws(PostgresError) { try handle(message, bytes) } catch { deferred = error }
            }
        } catch {
            throw PostgresError(error)
        }
        if let deferred { throw deferred }
    }

    private var deferred: PostgresError?

    private func handle(_ message: Message, _ bytes: RawSpan) throws(PostgresError) {
        cache.observe(message)
        switch message {
        case .begin(let begin):
            transaction = begin
            idlePosition = nil
            isRepeated = begin.finalLSN <= lastCommit
        case .commit(let commit):
            transaction = nil
            received = max(received, commit.endLSN)
            try finish(commit)
        case .relation, .type, .origin, .logicalMessage: break
        case .insert(let insert):
            guard try prepare(insert.relation, decoder.newTuple.count) else { return }
            try applier.insert(insert.relation, decoder.newTuple, in: bytes)
        case .update(let update):
            guard try prepare(update.relation, decoder.newTuple.count) else { return }
            try applier.update(update.relation, old: update.old, decoder.oldTuple, decoder.newTuple, in: bytes)
        case .delete(let delete):
            guard try prepare(delete.relation, decoder.oldTuple.count) else { return }
            try applier.delete(delete.relation, decoder.oldTuple, in: bytes)
        case .truncate(let truncate):
            var relations: [OID] = []
            for relation in truncate.relations where try prepare(relation, nil) { relations.append(relation) }
            try applier.truncate(relations, restartIdentity: truncate.restartIdentity)
        case .streamStart, .streamStop, .streamCommit, .streamAbort, .beginPrepare, .prepare, .commitPrepared,
            .rollbackPrepared, .streamPrepare:
            throw PostgresError(
                "the source sent a message that was not asked for",
                hint: "Create the slot without two-phase commit.", sqlState: .protocolViolation)
        }
    }

    /// The end of a source transaction: the shadow's goes on while more comes, for as long as a batch may take.
    private func finish(_ commit: Message.Commit) throws(PostgresError) {
        guard applier.isInTransaction else {
            // Nothing of it was to be applied.
            idlePosition = max(idlePosition ?? .invalid, commit.endLSN)
            return
        }
        if isRepeated { return }
        finished = commit
        if batchStart.duration(to: .now) >= batch || applier.changes >= 20_000 || isStopping { try self.commit() }
    }

    /// Makes ready for a row of a relation: planned, and in a transaction of the shadow. False where it is to be left out.
    ///
    /// - Parameter columns: the row's width; nil for TRUNCATE.
    private func prepare(_ relation: OID, _ columns: Int?) throws(PostgresError) -> Bool {
        if isRepeated || leftOut.contains(relation) { return false }
        let described =
            if let columns { try cache.relation(relation, columns: columns) } else { try cache.described(relation) }
        if applier.needsPlan(described) {
            guard try plan(described) else { return false }
        }
        guard let transaction, let snapshot = applier.snapshotLSN(of: relation) else {
            throw PostgresError("the source sent a row outside of a transaction", sqlState: .protocolViolation)
        }
        if transaction.finalLSN < snapshot { return false }
        if !applier.isInTransaction {
            try applier.begin()
            batchStart = .now
        }
        return true
    }

    private func plan(_ relation: CachedRelation) throws(PostgresError) -> Bool {
        let name = relation.relation.name
        guard let table = tables[name] else {
            try unknownTable(name)
            leftOut.insert(relation.relation.id)
            return false
        }
        guard let target = try control.relation(name), target.isTable else {
            throw PostgresError(
                "table \(name) does not exist in the shadow any more",
                hint: "Create it again there, or run \\backfill reset and start anew.", sqlState: .undefinedTable)
        }
        try applier.plan(
            relation, table: target, columns: try control.columns(of: target),
            snapshotLSN: table.snapshotLSN ?? .invalid)
        return true
    }
}
