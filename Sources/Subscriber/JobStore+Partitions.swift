internal import Catalog
public import Job
internal import Libpq
public import Postgres
internal import Scripts

// The job's knowledge of partitions whose changes the stream sends as their root's.
extension JobStore {
    /// By the partitioned table.
    public func partitions() throws(PostgresError) -> [QualifiedName: [FollowedPartition]] {
        var partitions: [QualifiedName: [FollowedPartition]] = [:]
        for row in try shadow.connection.query(.subscriberPartitions, [slot]).rows {
            let root = try row.qualifiedName("root")
            partitions[root, default: []].append(
                FollowedPartition(
                    oid: try row.oid("oid"),
                    name: try row.qualifiedName(),
                    attachedBy: try row.optionalTransactionID("attached_by"),
                    fileNode: try row.optionalString("file_node") == nil ? nil : try row.oid("file_node"),
                    horizon: try row.optionalTransactionID("horizon"),
                    emptiedBy: try row.optionalTransactionID("emptied_by"), isDetached: try row.bool("is_detached")))
        }
        return partitions
    }

    /// Notes partitions as they were seen; all by one poll.
    public func setPartitions(
        of root: QualifiedName, _ seen: [FollowedPartition], horizon: TransactionID
    ) throws(PostgresError) {
        if seen.isEmpty { return }
        try shadow.connection.query(
            .subscriberPartitionsSet,
            [slot, root.schema, root.name, ArrayText.text(seen.map(\.oid.description))] + seen.map(\.name).arrays + [
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

    /// The position of the source up to which the fate of partitions is known; nil before the first poll.
    public func partitionPoll() throws(PostgresError) -> LSN? {
        guard let row = try shadow.connection.query(.subscriberPartitionLook, [slot]).rows.first
        else {
            return nil
        }
        return try row.lsn("position")
    }

    public func setPartitionPoll(_ position: LSN) throws(PostgresError) {
        try shadow.connection.query(.subscriberPartitionLookSet, [slot, position.description])
    }
}
