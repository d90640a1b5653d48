internal import Pgoutput
internal import Postgres

/// A transaction as far as it has been received and was not given out.
struct HeldTransaction: Sendable {
    let xid: TransactionID
    /// The beginning that announced its commit; nil where it may be rolled back yet.
    let commit: Message.Begin?
    /// Where it was prepared; nil unless it was.
    var prepareLSN: LSN?
    var origin: Message.Origin?
    /// No part of it has been given out.
    var isFirst = true
    var changes: ChangeBuffer
    /// Subtransactions that were rolled back.
    private(set) var aborted: Set<TransactionID> = []

    init(_ xid: TransactionID, commit: Message.Begin? = nil, _ changes: ChangeBuffer) {
        self.xid = xid
        self.commit = commit
        self.changes = changes
    }

    /// There is enough for a part.
    func reaches(_ limit: TransactionAssembler.Limit) -> Bool {
        commit != nil && (changes.count >= limit.changes || changes.byteCount >= limit.bytes)
    }

    /// Removes the changes of a subtransaction that was rolled back; those of subtransactions within it have messages of their
    /// own. All that came since it began is its own or was made within it (`stream_abort_internal` in worker.c relies on the
    /// same), so that the end of the buffer is free again once all these messages have come, whatever their order: every
    /// element is removed once, and none is moved.
    mutating func abort(_ subtransaction: TransactionID) {
        aborted.insert(subtransaction)
        changes.removeLast(of: aborted)
    }

    /// The part that has arrived, to be given out.
    ///
    /// - Parameter end: the position after the commit; nil for a part after which more will come.
    consuming func committed(at commitLSN: LSN, _ time: Timestamp, end: LSN?) -> SourceTransaction {
        if !aborted.isEmpty { changes.removeAll(of: aborted) }
        return SourceTransaction(
            xid: xid, commitLSN: commitLSN, commitTime: time, endLSN: end, origin: origin, isFirst: isFirst,
            changes: changes)
    }
}
