internal import Catalog
public import Libpq
public import Postgres
internal import Scripts

// An identity column that is GENERATED ALWAYS refuses an UPDATE of its value, so the shadow's are BY DEFAULT while the job
// follows.
extension Connection {
    /// The identity columns that refuse written values.
    public func alwaysIdentityColumns(_ table: QualifiedName) throws(PostgresError) -> [String] {
        try identityColumns(table, kind: "a")
    }

    private func identityColumns(_ table: QualifiedName, kind: String) throws(PostgresError) -> [String] {
        var columns: [String] = []
        for row in try query(.subscriberIdentityColumns, [table.schema, table.name, kind]).rows {
            columns.append(try row.string("name"))
        }
        return columns
    }

    /// Makes them BY DEFAULT.
    public func loosenIdentity(_ table: QualifiedName, _ columns: [String]) throws(PostgresError) {
        for column in columns { try setIdentity(table, column, "BY DEFAULT") }
    }

    /// Makes them ALWAYS again, those that are still identity columns.
    public func restoreIdentity(_ table: QualifiedName, _ columns: [String]) throws(PostgresError) {
        for column in try identityColumns(table, kind: "d") where columns.contains(column) {
            try setIdentity(table, column, "ALWAYS")
        }
    }

    private func setIdentity(_ table: QualifiedName, _ column: String, _ kind: String) throws(PostgresError) {
        try query("ALTER TABLE \(table.quoted) ALTER COLUMN \(quoteIdentifier(column)) SET GENERATED \(kind)")
    }
}
