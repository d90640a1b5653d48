public import Pgoutput
public import Postgres

/// A transaction that has committed on the source, or a part of one that is large or still arriving. Its parts come one
/// after the other, and nothing else comes between them.
public struct SourceTransaction: Sendable {
    public let xid: TransactionID
    /// The position of the commit record, which identifies the transaction. For a prepared transaction it is that of
    /// COMMIT PREPARED.
    public let commitLSN: LSN
    /// When it committed; on the server where it first did, if it has an origin.
    public let commitTime: Timestamp
    /// The position after the commit record, to be acknowledged once all parts are durable. Only the last part has it.
    public let endLSN: LSN?
    /// Where the transaction first committed; nil for one that began on the source.
    public let origin: Message.Origin?
    /// No part was given out before this one.
    public let isFirst: Bool
    public internal(set) var changes: ChangeBuffer

    /// No part comes after this one.
    public var isLast: Bool { endLSN != nil }
}
