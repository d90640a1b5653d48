public import Postgres

/// The stream's reports about partitions whose rows it sends as their root's.
public enum PartitionSighting: Hashable, Sendable {
    /// There are rows of a partition that was not seen in the catalog yet.
    case rows(OID, QualifiedName, root: QualifiedName)
    /// The whole table is emptied by a transaction of the source.
    case truncate(root: QualifiedName, by: TransactionID)
}
