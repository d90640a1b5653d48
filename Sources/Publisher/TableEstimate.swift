internal import Catalog
internal import Libpq
public import Postgres
internal import Scripts

/// The size of a table of the source, its partitions included, by the server's statistics.
public struct TableEstimate: Hashable, Sendable {
    /// Nil where no VACUUM or ANALYZE has counted them.
    public let rows: Int?
    /// Of the heap and its TOAST table.
    public let bytes: Int

    public init(rows: Int?, bytes: Int) {
        self.rows = rows
        self.bytes = bytes
    }
}

extension Source {
    /// The estimates of tables; those that do not exist are left out.
    public func estimates(of tables: [QualifiedName]) throws(PostgresError) -> [QualifiedName: TableEstimate] {
        var estimates: [QualifiedName: TableEstimate] = [:]
        for row in try connection.query(.publisherTableEstimates, tables.arrays).rows {
            let name = try row.qualifiedName()
            estimates[name] = TableEstimate(rows: try row.optionalInt("rows"), bytes: try row.int("bytes"))
        }
        return estimates
    }
}
