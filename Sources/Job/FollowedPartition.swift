public import Postgres

/// A partition of a table that is followed as a whole, as the job knows it.
public struct FollowedPartition: Sendable, Hashable {
    /// On the source.
    public let oid: OID
    public let name: QualifiedName
    /// The source's transaction that attached it; nil where only the stream has brought rows of it; 0 for the table itself.
    public let attachedBy: TransactionID?
    /// The source's file; TRUNCATE and rewrites give it another.
    public let fileNode: OID?
    /// Transactions below this were complete when it was seen.
    public let horizon: TransactionID?
    /// The last TRUNCATE of the whole table that the stream has brought since.
    public let emptiedBy: TransactionID?
    /// In the shadow it is a table of its own now, with rows that the job has written.
    public let isDetached: Bool

    public init(
        oid: OID, name: QualifiedName, attachedBy: TransactionID? = nil, fileNode: OID? = nil,
        horizon: TransactionID? = nil, emptiedBy: TransactionID? = nil, isDetached: Bool = false
    ) {
        self.oid = oid
        self.name = name
        self.attachedBy = attachedBy
        self.fileNode = fileNode
        self.horizon = horizon
        self.emptiedBy = emptiedBy
        self.isDetached = isDetached
    }

    /// The record of the partitioned table itself: with it the job knows its partitions, be it none.
    public var isRoot: Bool { attachedBy?.value == 0 }
}
