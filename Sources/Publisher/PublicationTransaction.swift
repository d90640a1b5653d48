internal import Catalog
internal import Libpq
internal import Postgres
internal import Scripts

extension Source {
    /// Runs `change` whole or not at all: in a transaction of its own, or under a savepoint of the one that is open.
    ///
    /// - Parameter statements: that `change` runs, for the hint of an error; nil where they are not to be shown.
    func atomically<Value>(
        _ statements: [String]? = nil, _ change: () throws(PostgresError) -> Value
    ) throws(PostgresError) -> Value {
        let isNested = transactionStatus != .idle
        try connection.query(isNested ? .sessionSavepoint : .sessionBegin)
        do throws(PostgresError) {
            let value = try change()
            try connection.query(isNested ? .sessionSavepointRelease : .sessionCommit)
            return value
        } catch {
            // The first error is the one to report; a connection that is lost has rolled back.
            _ = try? connection.query(isNested ? .sessionSavepointUndo : .sessionRollback)
            throw explainingRefusal(of: error, statements: statements)
        }
    }
}
