internal import Libpq
public import Postgres
internal import Scripts

/// Why transactions of a database begin as ones that cannot write.
public enum ReadOnlyDefault: Hashable, Sendable {
    /// `default_transaction_read_only` of the server, the database or the role. A transaction that asks for it may write.
    case setting
    /// The server is a standby.
    case standby

    /// The advice on how to have statements run.
    ///
    /// - Parameter statements: nil where they are not to be shown.
    public func hint(_ statements: [String]?) -> String {
        switch self {
        case .standby: "The server is a standby, which takes no writes: connect to its primary."
        case .setting:
            "default_transaction_read_only is on for this database or role. Have it done in a transaction that may write: "
                + (statements.map { Self.writing($0) } ?? Self.writingAfterwards + " before it.")
        }
    }
}

extension CatalogReader {
    /// Nil where new transactions may write.
    public func readOnlyDefault() throws(PostgresError) -> ReadOnlyDefault? {
        guard let row = try read(.catalogReadOnly).rows.first else { return nil }
        if try row.bool("in_recovery") { return .standby }
        return try row.bool("read_only") ? .setting : nil
    }
}
