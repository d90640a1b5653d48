internal import Libpq
public import Postgres
internal import Scripts

/// A table that is a partition, and where it is attached.
public struct Attachment: Hashable, Sendable {
    public let name: QualifiedName
    public let parent: QualifiedName
    /// `FOR VALUES …` or `DEFAULT`.
    public let bound: String

    public init(name: QualifiedName, parent: QualifiedName, bound: String) {
        self.name = name
        self.parent = parent
        self.bound = bound
    }
}

extension CatalogReader {
    /// All partitions below partitioned tables, the upper ones first.
    public func attachments(below roots: some Collection<QualifiedName>) throws(PostgresError) -> [Attachment] {
        try attachments(.catalogAttachments, roots)
    }

    /// Where tables are attached; tables that are not partitions are left out.
    public func attachments(of tables: some Collection<QualifiedName>) throws(PostgresError) -> [Attachment] {
        try attachments(.catalogAttachmentsOf, tables)
    }

    private func attachments(
        _ script: ReadScript, _ tables: some Collection<QualifiedName>
    ) throws(PostgresError) -> [Attachment] {
        if tables.isEmpty { return [] }
        var attachments: [Attachment] = []
        for row in try read(script, tables.arrays).rows {
            attachments.append(
                Attachment(
                    name: try row.qualifiedName(),
                    parent: try row.qualifiedName("parent"),
                    bound: try row.string("bound")))
        }
        return attachments
    }
}
