public import Postgres

/// The record of the stream that a transaction of the shadow makes as its last change: how far the source's
/// transactions in it go.
public struct Progress: Hashable, Sendable {
    /// The effect of this transaction on tables that are `catch-up`.
    public enum CatchUp: Hashable, Sendable {
        /// There are none.
        case none
        /// They have come nearer to the job's position, which stays where it is.
        case nearer(Set<QualifiedName>)
        /// They are where the other tables are.
        case reached(Set<QualifiedName>)
    }

    /// The end of the last source transaction's commit record.
    public let end: LSN
    /// The commit record itself, by which a transaction that is sent again is recognized.
    public let commit: LSN
    /// When the source committed.
    public let commitTime: Timestamp
    /// The source's position, as far as the stream has reported it.
    public let source: LSN
    public let catchUp: CatchUp

    public init(end: LSN, commit: LSN, commitTime: Timestamp, source: LSN, catchUp: CatchUp = .none) {
        self.end = end
        self.commit = commit
        self.commitTime = commitTime
        self.source = source
        self.catchUp = catchUp
    }
}
