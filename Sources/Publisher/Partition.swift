internal import Catalog
internal import Libpq
public import Postgres
internal import Scripts

/// A partition of a table that is sent as a whole, as the source's catalog shows it.
public struct Partition: Hashable, Sendable {
    public let oid: OID
    public let name: QualifiedName
    /// The partitioned table that was asked for.
    public let root: QualifiedName
    /// The one just above.
    public let parent: QualifiedName
    /// It was made as a partition. One that was attached may have brought rows along, which the publication did not send.
    public let createdAsPartition: Bool
    /// It stores rows itself.
    public let isLeaf: Bool
    /// `FOR VALUES …` or `DEFAULT`; empty while it is being dropped.
    public let bound: String
    /// The transaction that attached it.
    public let attachedBy: TransactionID
    /// TRUNCATE and rewrites (VACUUM FULL, CLUSTER, some forms of ALTER TABLE) give it another; at first it is the OID.
    public let fileNode: OID
    /// The transaction that last changed its row in pg_class; VACUUM and ANALYZE write there without one.
    public let definedBy: TransactionID
    /// Transactions below this were complete when the catalog was read.
    public let horizon: TransactionID

    public init(
        oid: OID, name: QualifiedName, root: QualifiedName, parent: QualifiedName, createdAsPartition: Bool = true,
        isLeaf: Bool = true, bound: String = "", attachedBy: TransactionID, fileNode: OID, definedBy: TransactionID,
        horizon: TransactionID
    ) {
        self.oid = oid
        self.name = name
        self.root = root
        self.parent = parent
        self.createdAsPartition = createdAsPartition
        self.isLeaf = isLeaf
        self.bound = bound
        self.attachedBy = attachedBy
        self.fileNode = fileNode
        self.definedBy = definedBy
        self.horizon = horizon
    }

    /// Takes the rows that no other partition takes.
    public var isDefault: Bool { bound == "DEFAULT" }
}

extension Source {
    /// All partitions below partitioned tables, the upper ones first.
    public func partitions(of roots: [QualifiedName]) throws(PostgresError) -> [Partition] {
        if roots.isEmpty { return [] }
        var partitions: [Partition] = []
        for row in try connection.query(.publisherPartitions, roots.arrays).rows {
            partitions.append(
                Partition(
                    oid: try row.oid("oid"),
                    name: try row.qualifiedName(),
                    root: try row.qualifiedName("root"),
                    parent: try row.qualifiedName("parent"),
                    createdAsPartition: try row.bool("created_as_partition"), isLeaf: try row.bool("is_leaf"),
                    bound: try row.string("bound"), attachedBy: try row.transactionID("attached_by"),
                    fileNode: try row.oid("file_node"), definedBy: try row.transactionID("defined_by"),
                    horizon: try row.transactionID("horizon")))
        }
        return partitions
    }
}

extension Source {
    /// Whether a table shows a row that was written before the horizon, so that it was not emptied since: TRUNCATE
    /// leaves no row, while a rewrite keeps who wrote each (rewriteheap.c). False also where that cannot be determined.
    public func showsRow(of table: QualifiedName, writtenBefore horizon: TransactionID) throws(PostgresError) -> Bool {
        do throws(PostgresError) {
            return try connection.query(
                "SELECT 1 FROM ONLY \(table.quoted) AS t WHERE pg_catalog.age(t.xmin) > pg_catalog.age('\(horizon)'::pg_catalog.xid) LIMIT 1"
            ).rowCount > 0
        } catch  where [.insufficientPrivilege, .undefinedTable].contains(error.sqlState) {
            return false
        }
    }
}
