public import Pgoutput
public import Postgres

/// Puts the messages of one session together to transactions, which come out in the order of their commits.
///
///     BEGIN … COMMIT                        has committed: given out at COMMIT, or in parts while it arrives
///     STREAM START … STREAM STOP, again     kept until STREAM COMMIT gives it out or STREAM ABORT drops it
///     … STREAM ABORT of a subtransaction    drops what this subtransaction changed
///     BEGIN PREPARE … PREPARE               kept until COMMIT PREPARED gives it out or ROLLBACK PREPARED drops it
///     … STREAM PREPARE                      the same for one that was streamed
///
/// Invariants:
/// - The parts of a transaction have nothing between them. Only a transaction that is known to have committed is given
///   out in parts.
/// - Memory is bounded by the limit, but for transactions whose end is not known; `bytesHeld` says how much these take.
/// - After an error the assembler is as before the message.
///
/// Messages that belong to no transaction are passed over, as PostgreSQL's own subscriber passes over all those of
/// `pg_logical_emit_message()` (`apply_dispatch` in worker.c).
public struct TransactionAssembler: Sendable {
    /// How much of a transaction is kept before a part is given out.
    public struct Limit: Hashable, Sendable {
        /// Of `ChangeBuffer.byteCount`; the change that reaches it is still in the part.
        public var bytes: Int
        /// Of elements.
        public var changes: Int

        public init(bytes: Int, changes: Int) {
            self.bytes = bytes
            self.changes = changes
        }
    }

    public enum Output: Sendable {
        case transaction(SourceTransaction)
        /// A prepared transaction has committed whose changes came in an earlier session, or never.
        case preparedBefore(Message.CommitPrepared)
    }

    let limit: Limit
    var decoder: MessageDecoder
    var cache = RelationCache()
    /// The transaction whose messages are arriving.
    var current: HeldTransaction?
    var known = KnownRelations()
    var streamed: [TransactionID: HeldTransaction] = [:]
    var prepared: [TransactionID: HeldTransaction] = [:]
    var spare: [ChangeBuffer] = []

    public init(_ options: ProtocolOptions, limit: Limit) {
        decoder = MessageDecoder(options)
        self.limit = limit
    }

    /// Forgets all that was received: for a new session. Descriptions in it have other generations than those before.
    public mutating func restart() {
        decoder = MessageDecoder(decoder.options)
        cache.clear()
        current = nil
        streamed = [:]
        prepared = [:]
    }

    /// Bytes that the changes of transactions take which were not given out. Takes time in proportion to the number of these
    /// transactions.
    public var bytesHeld: Int {
        (current?.changes.byteCount ?? 0)
            + streamed.values.reduce(0) { $0 + $1.changes.byteCount }
            + prepared.values.reduce(0) { $0 + $1.changes.byteCount }
    }

    /// The position of the earliest PREPARE TRANSACTION whose changes are held; nil where none are. A position past it must not
    /// be acknowledged: the server would not send the changes again, only COMMIT PREPARED (`ReorderBufferFinishPrepared`).
    public var earliestPrepare: LSN? { prepared.values.lazy.compactMap(\.prepareLSN).min() }

    /// A transaction that is known to have committed is arriving.
    public var isInside: Bool { current?.commit != nil }

    // MARK: Messages

    /// Takes in the message that begins at `offset` and takes the rest of `bytes`; gives out the transaction that it
    /// completes.
    ///
    /// Throws for bytes that are no message, and for a message that may not come here.
    public mutating func take(_ bytes: RawSpan, from offset: Int = 0) throws(DecodingError) -> Output? {
        guard bytes.byteCount < Int32.max else {
            throw DecodingError(
                offset: 0, length: bytes.byteCount, expected: "a message of less than 2 GB",
                found: "\(bytes.byteCount) bytes")
        }
        let message = try decoder.decode(bytes, from: offset)
        let place = MessagePlace(offset: offset, length: bytes.byteCount)
        switch message {
        case .insert(let insert):
            let new = decoder.newTuple
            let relation = try relation(insert.relation, columns: new.count, of: "INSERT", place)
            current?.changes.append(.insert, relation, xid: insert.xid, new, in: bytes)
        case .update(let update):
            let new = decoder.newTuple
            let relation = try relation(update.relation, columns: new.count, of: "UPDATE", place)
            if let old = update.old {
                let kind: ChangeRecord.Kind = old == .key ? .updateOfKey : .updateOfFull
                current?.changes.append(kind, relation, xid: update.xid, decoder.oldTuple, new, in: bytes)
            } else {
                current?.changes.append(.update, relation, xid: update.xid, new, in: bytes)
            }
        case .delete(let delete):
            let old = decoder.oldTuple
            let relation = try relation(delete.relation, columns: old.count, of: "DELETE", place)
            let kind: ChangeRecord.Kind = delete.old == .key ? .deleteOfKey : .deleteOfFull
            current?.changes.append(kind, relation, xid: delete.xid, old, in: bytes)
        default:
            return try follow(message, bytes, place)
        }
        return fullPart()
    }

    // MARK: Parts

    /// Gives out the part that has arrived of a transaction that has committed and is still arriving; nil where there
    /// is nothing.
    public mutating func takePart() -> SourceTransaction? {
        current?.changes.isEmpty == false ? part(end: nil) : nil
    }

    /// A part, once there is enough for one.
    @inline(__always)
    mutating func fullPart() -> Output? {
        current?.reaches(limit) == true ? part(end: nil).map { .transaction($0) } : nil
    }

    /// The next part of the current transaction, if that is known to have committed.
    ///
    /// - Parameter end: the position after the commit; nil where more will come.
    mutating func part(end: LSN?) -> SourceTransaction? {
        guard let commit = current?.commit, let held = current.take() else { return nil }
        if end == nil {
            var next = HeldTransaction(held.xid, commit: commit, emptyBuffer())
            next.origin = held.origin
            next.isFirst = false
            begin(next)
        }
        return held.committed(at: commit.finalLSN, commit.commitTime, end: end)
    }

    /// Has the messages that follow belong to this transaction.
    mutating func begin(_ transaction: HeldTransaction) {
        current = transaction
        known.removeAll()
    }

    // MARK: Relations

    /// The relation of a row of so many columns, or of a TRUNCATE.
    @inline(__always)
    mutating func relation(
        _ id: OID, columns: Int? = nil, of message: StaticString, _ place: MessagePlace
    ) throws(DecodingError) -> KnownRelation {
        guard let relation = known.relation(id) ?? newRelation(id) else {
            throw place.fault(message, expected: "a relation that was described", found: "relation \(id)")
        }
        guard columns == nil || columns == relation.width else {
            throw place.fault(
                message, expected: "\(relation.width) columns as in the relation's description",
                found: columns.map(String.init) ?? "none")
        }
        return relation
    }

    /// A relation that the current buffer does not have; nil where the server has not described it.
    private mutating func newRelation(_ id: OID) -> KnownRelation? {
        guard let cached = cache.relation(id), let place = current?.changes.append(cached) else { return nil }
        let relation = KnownRelation(place: place, width: cached.relation.columns.count)
        known.insert(relation, for: id)
        return relation
    }

    // MARK: Buffers

    /// Takes the changes of a transaction that is no longer needed, so that their memory serves for the next. That saves an
    /// allocation where nobody else has a copy of them.
    public mutating func recycle(_ transaction: inout SourceTransaction) { recycle(&transaction.changes) }

    /// Large buffers are given up, and more than a few: memory is for changes to come, not for those of the past.
    mutating func recycle(_ changes: inout ChangeBuffer) {
        var buffer = ChangeBuffer()
        swap(&buffer, &changes)
        guard spare.count < 4, buffer.capacity / 4 <= limit.bytes else { return }
        buffer.removeAll()
        spare.append(buffer)
    }

    mutating func emptyBuffer() -> ChangeBuffer { spare.popLast() ?? ChangeBuffer() }
}
