public import Catalog
internal import Libpq
public import Postgres
internal import Scripts

// Puts the shadow's partitions where the source's are.
extension Shadow {
    /// Makes a partition a table of its own, with its rows.
    public func detach(_ partition: Attachment) throws(PostgresError) {
        try connection.query(
            "ALTER TABLE \(partition.parent.quoted) DETACH PARTITION \(partition.name.quoted)")
    }

    /// Makes a table a partition.
    public func attach(_ partition: Attachment) throws(PostgresError) {
        try connection.query(
            "ALTER TABLE \(partition.parent.quoted) ATTACH PARTITION \(partition.name.quoted) \(partition.bound)")
    }

    /// Keeps everybody else from a table, for the rest of the transaction. Throws 55P03 where somebody has it for
    /// longer than the stream should wait for it.
    public func lockBriefly(_ name: QualifiedName) throws(PostgresError) {
        try connection.query(.subscriberBriefLockWaits)
        try connection.query("LOCK TABLE \(name.quoted) IN ACCESS EXCLUSIVE MODE")
    }
}
