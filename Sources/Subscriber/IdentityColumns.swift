internal import Catalog
internal import Libpq
public import Postgres
internal import Scripts

/// An identity column, and the table at which it is changed: since 17 a partition's are those of the table at the top.
public struct IdentityColumn: Hashable, Sendable {
    public let name: String
    let table: QualifiedName
}

// An identity column that is GENERATED ALWAYS refuses an UPDATE of its value, so the shadow's are BY DEFAULT while the job
// follows.
extension Shadow {
    /// The identity columns that refuse written values.
    public func alwaysIdentityColumns(_ table: QualifiedName) throws(PostgresError) -> [IdentityColumn] {
        try identityColumns(table, kind: "a")
    }

    private func identityColumns(_ table: QualifiedName, kind: String) throws(PostgresError) -> [IdentityColumn] {
        var columns: [IdentityColumn] = []
        for row in try connection.query(.subscriberIdentityColumns, [table.schema, table.name, kind]).rows {
            let top = try row.qualifiedName("top")
            columns.append(IdentityColumn(name: try row.string("name"), table: top))
        }
        return columns
    }

    /// Makes them BY DEFAULT.
    public func loosenIdentity(_ columns: [IdentityColumn]) throws(PostgresError) {
        for column in columns { try setIdentity(column, "BY DEFAULT") }
    }

    /// Makes them ALWAYS again, those that are still identity columns.
    public func restoreIdentity(_ table: QualifiedName, _ columns: [String]) throws(PostgresError) {
        for column in try identityColumns(table, kind: "d") where columns.contains(column.name) {
            try setIdentity(column, "ALWAYS")
        }
    }

    private func setIdentity(_ column: IdentityColumn, _ kind: String) throws(PostgresError) {
        try connection.query(
            "ALTER TABLE \(column.table.quoted) ALTER COLUMN \(quoteIdentifier(column.name)) SET GENERATED \(kind)")
    }
}
