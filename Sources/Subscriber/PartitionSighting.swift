public import Postgres

/// The stream's reports about tables and their partitions, whose rows it sends as their root's.
public enum PartitionSighting: Hashable, Sendable {
    /// There are rows of a partition that was not seen in the catalog yet.
    case rows(OID, QualifiedName, root: QualifiedName)
    /// A table is emptied by a transaction of the source.
    case truncate(QualifiedName, isRoot: Bool, by: TransactionID)
}
