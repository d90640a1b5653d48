internal import Catalog
internal import Libpq
public import Postgres
internal import Scripts

/// A partition of a table that is followed as a whole, as the job knows it (`scry_backfill.followed_partition`).
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

// What the job knows of partitions whose changes the stream sends as their root's.
extension JobStore {
    /// Makes the place for them in a memory that an earlier release has set up.
    public func preparePartitions() throws(PostgresError) { if try !hasPartitions() { try create() } }

    func hasPartitions() throws(PostgresError) -> Bool {
        guard let row = try shadow.connection.query(.subscriberPartitionsExist).rows.first else { return false }
        return try row.bool("exists")
    }

    /// By the partitioned table.
    public func partitions() throws(PostgresError) -> [QualifiedName: [FollowedPartition]] {
        var partitions: [QualifiedName: [FollowedPartition]] = [:]
        for row in try shadow.connection.query(.subscriberPartitions, [slot]).rows {
            let root = QualifiedName(schema: try row.string("root_schema"), name: try row.string("root_name"))
            partitions[root, default: []].append(
                FollowedPartition(
                    oid: try row.oid("oid"),
                    name: QualifiedName(schema: try row.string("schema"), name: try row.string("name")),
                    attachedBy: try row.optionalTransactionID("attached_by"),
                    fileNode: try row.optionalString("file_node") == nil ? nil : try row.oid("file_node"),
                    horizon: try row.optionalTransactionID("horizon"),
                    emptiedBy: try row.optionalTransactionID("emptied_by"), isDetached: try row.bool("is_detached")))
        }
        return partitions
    }

    /// Notes partitions as they were seen; all by one look.
    public func setPartitions(
        of root: QualifiedName, _ seen: [FollowedPartition], horizon: TransactionID
    ) throws(PostgresError) {
        if seen.isEmpty { return }
        try shadow.connection.query(
            .subscriberPartitionsSet,
            [
                slot, root.schema, root.name, ArrayText.text(seen.map(\.oid.description)),
                ArrayText.text(seen.map(\.name.schema)), ArrayText.text(seen.map(\.name.name)),
                ArrayText.text(seen.map { $0.attachedBy?.description ?? "0" }),
                ArrayText.text(seen.map { $0.fileNode?.description ?? "0" }), horizon.description,
            ])
    }

    /// Forgets them, for a copy that knows them anew; those that were detached here stay known.
    public func forgetPartitions(of root: QualifiedName) throws(PostgresError) {
        try shadow.connection.query(.subscriberPartitionsForget, [slot, root.schema, root.name])
    }

    public func setDetached(of root: QualifiedName, _ partitions: [OID]) throws(PostgresError) {
        let list = "{" + partitions.map(\.description).joined(separator: ",") + "}"
        try shadow.connection.query(.subscriberPartitionsDetached, [slot, root.schema, root.name, list])
    }

    /// The stream brings a TRUNCATE of the whole table.
    public func noteEmptied(_ root: QualifiedName, by transaction: TransactionID) throws(PostgresError) {
        try shadow.connection.query(
            .subscriberPartitionsEmptied, [slot, root.schema, root.name, transaction.description])
    }

    /// The stream brings rows of a partition that was not seen yet.
    public func noteHeard(_ partition: OID, _ name: QualifiedName, of root: QualifiedName) throws(PostgresError) {
        try shadow.connection.query(
            .subscriberPartitionHeard,
            [slot, root.schema, root.name, partition.description, name.schema, name.name])
    }

    /// Up to which position of the source it is known what has become of partitions; nil before the first look.
    public func partitionLook() throws(PostgresError) -> LSN? {
        guard try hasPartitions(), let row = try shadow.connection.query(.subscriberPartitionLook, [slot]).rows.first
        else {
            return nil
        }
        return try row.lsn("position")
    }

    public func setPartitionLook(_ position: LSN) throws(PostgresError) {
        try shadow.connection.query(.subscriberPartitionLookSet, [slot, position.description])
    }
}
