public import Pgoutput
public import Postgres

/// One element of a `ChangeBuffer`, lent from it. A relation is named by its place in the buffer's `relations`, a small
/// number by which a consumer finds what it has planned for the relation.
public enum Change: ~Escapable {
    /// The server described a relation. The rows after it have this description.
    case relation(Int)
    case insert(relation: Int, new: SourceRow)
    /// `old` is nil where the replica identity did not change: the new row then has it.
    case update(relation: Int, old: OldRow?, new: SourceRow)
    case delete(relation: Int, old: OldRow)
    case truncate(Truncate)
    case message(LogicalMessage, content: RawSpan)
}

/// The values that are known of a row before its change.
public struct OldRow: ~Escapable {
    /// Of a `key`, only the replica identity's columns mean anything.
    public let kind: Message.OldTuple
    public let row: SourceRow

    @inlinable
    @_lifetime(copy row)
    init(_ kind: Message.OldTuple, _ row: SourceRow) {
        self.kind = kind
        self.row = row
    }
}

/// Tables emptied by one statement.
public struct Truncate: Hashable, Sendable {
    /// Places in the buffer's `relations`; one at least. Those that CASCADE reached are among them.
    public let relations: [Int]
    public let cascade: Bool
    public let restartIdentity: Bool
}

/// A message that `pg_logical_emit_message()` wrote as a part of its transaction.
public struct LogicalMessage: Hashable, Sendable {
    public let lsn: LSN
    public let prefix: String
}
