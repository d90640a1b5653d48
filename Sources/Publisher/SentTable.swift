internal import Catalog
internal import Libpq
public import Postgres
internal import Scripts

/// A table that a publication sends, and how it came in.
public struct SentTable: Hashable, Sendable {
    public let table: QualifiedName
    public let oid: OID
    /// Its partitions are sent as the table itself.
    public let isPartitioned: Bool
    /// Stays as it is while the publication sends the table without a break, with the same columns and rows.
    public let fingerprint: String

    public init(table: QualifiedName, oid: OID = OID(0), isPartitioned: Bool = false, fingerprint: String) {
        self.table = table
        self.oid = oid
        self.isPartitioned = isPartitioned
        self.fingerprint = fingerprint
    }
}

extension Source {
    /// The tables that a publication sends; nil where there is no publication of this name.
    public func sentTables(of publication: String) throws(PostgresError) -> [SentTable]? {
        guard try self.publication(publication) != nil else { return nil }
        var tables: [SentTable] = []
        for row in try connection.query(.publisherSentTables, [publication]).rows {
            tables.append(
                SentTable(
                    table: try row.qualifiedName(), oid: try row.oid("oid"),
                    isPartitioned: try row.bool("is_partitioned"), fingerprint: try row.string("fingerprint")))
        }
        return tables
    }
}
