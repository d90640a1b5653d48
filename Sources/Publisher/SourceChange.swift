internal import Catalog
internal import Libpq
public import Postgres
internal import Scripts

// Every statement by which we change the source goes through here, so that a refusal says what to do.
extension Source {
    /// Makes a change that mends a finding of the checks.
    ///
    /// Throws the server's error with what to do about it.
    public func apply(_ fix: SourceFix) throws(PostgresError) { try change(fix.statement) }

    /// Runs a statement, or a transaction in one text.
    private func change(_ statement: String) throws(PostgresError) {
        let wasIdle = transactionStatus == .idle
        do throws(PostgresError) {
            try connection.query(statement)
        } catch {
            // A text that begins a transaction may have failed within it.
            if wasIdle, transactionStatus == .inFailedTransaction { _ = try? connection.query(.sessionRollback) }
            throw explainingRefusal(of: error, statements: [statement])
        }
    }

    /// Runs statements in their order; several as one transaction.
    ///
    /// - Parameters:
    ///   - refusedHint: for a role that may not; nil hands the statements to one that may.
    ///   - areSecret: the statements are not to be shown.
    func run(
        _ statements: [String], refusedHint: String? = nil, areSecret: Bool = false
    ) throws(PostgresError) {
        do throws(PostgresError) {
            try connection.query(statements.joined(separator: ";\n"))
        } catch {
            var error = error
            if error.sqlState == .insufficientPrivilege, error.hint == nil {
                error.hint =
                    refusedHint
                    ?? "Have the owner of the publication and its tables, or a superuser, run: "
                    + statements.map { $0 + ";" }.joined(separator: " ")
            }
            throw explainingRefusal(of: error, statements: areSecret ? nil : statements)
        }
    }

    /// The error of a change of the source with what to do about it: where the source is read-only, and where its event
    /// triggers may have refused the statement. In a transaction that the error has aborted the server cannot be asked;
    /// whoever ends the transaction asks again.
    ///
    /// - Parameter statements: nil where they are not to be shown, or not known any more.
    func explainingRefusal(of error: PostgresError, statements: [String]? = nil) -> PostgresError {
        let canAsk = transactionStatus == .idle || transactionStatus == .inTransaction
        if error.sqlState == .readOnlyTransaction {
            var error = error
            let reason = canAsk ? (try? readOnlyDefault()) : nil
            if reason == .standby || error.hint == nil {
                error.hint = (reason ?? .setting).hint(statements)
            }
            return error
        }
        // Once is enough.
        guard error.hint?.contains("vent trigger") != true else { return error }
        let way = statements.map { "Run it yourself: " + $0.map { $0 + ";" }.joined(separator: " ") }
        return explainingEventTriggers(error, on: "source", orElse: way)
    }
}
