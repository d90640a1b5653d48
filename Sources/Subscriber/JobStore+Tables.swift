internal import Catalog
public import Job
internal import Libpq
public import Postgres
internal import Scripts

// The tables that the job follows.
extension JobStore {
    public func tables() throws(PostgresError) -> [FollowedTable] {
        var tables: [FollowedTable] = []
        for row in try shadow.connection.query(.subscriberTables, [slot]).rows {
            let name = try row.string("state")
            guard let state = FollowedTable.State(name: name, snapshot: try row.optionalLSN("snapshot_lsn")) else {
                throw JobFault.unknownValue(name, of: "followed_table.state")
            }
            tables.append(
                FollowedTable(
                    name: try row.qualifiedName(), state: state,
                    rowsCopied: try row.int("rows_copied"), bytesCopied: try row.int("bytes_copied"),
                    identityColumns: try row.strings("identity_columns"),
                    publishedAs: try row.optionalString("published_as"),
                    problem: try row.optionalString("problem").flatMap { JobDocument.error($0) }))
        }
        return tables
    }

    /// Enters tables, each with the fingerprint of how the publication sends it.
    public func insert(
        _ tables: [(name: QualifiedName, fingerprint: String?)], state: FollowedTable.State
    ) throws(PostgresError) {
        if tables.isEmpty { return }
        try shadow.connection.query(
            .subscriberTableInsert,
            [
                slot, ArrayText.text(tables.map(\.name.schema)), ArrayText.text(tables.map(\.name.name)),
                ArrayText.text(tables.map { $0.fingerprint ?? "" }), state.name, state.snapshot?.description,
            ])
    }

    // MARK: States

    /// Has a table copied anew: the rows that it holds are the job's, and go.
    ///
    /// - Parameter fingerprint: nil to keep the present one.
    public func setCopying(_ table: QualifiedName, _ fingerprint: String? = nil) throws(PostgresError) {
        try setState(table, "copying", fingerprint)
    }

    public func setUnpublished(_ table: QualifiedName) throws(PostgresError) {
        try setState(table, "unpublished", nil)
    }

    /// Has a table followed as it is, from where it was.
    public func setFollowed(_ table: QualifiedName, _ fingerprint: String) throws(PostgresError) {
        try setState(table, "ready", fingerprint)
    }

    private func setState(_ table: QualifiedName, _ state: String, _ fingerprint: String?) throws(PostgresError) {
        try shadow.connection.query(.subscriberTableState, [slot, table.schema, table.name, state, fingerprint])
    }

    public func setFingerprint(_ table: QualifiedName, _ fingerprint: String) throws(PostgresError) {
        try shadow.connection.query(.subscriberTableFingerprint, [slot, table.schema, table.name, fingerprint])
    }

    public func setProblem(_ table: QualifiedName, _ problem: PostgresError) throws(PostgresError) {
        try shadow.connection.query(.subscriberTableProblem, [slot, table.schema, table.name, try held(problem)])
    }

    public func forgetProblem(_ table: QualifiedName) throws(PostgresError) {
        try shadow.connection.query(.subscriberTableProblemForget, [slot, table.schema, table.name])
    }

    /// Forgets the tables' problems, so that they are tried again.
    public func retryTables() throws(PostgresError) { try shadow.connection.query(.subscriberTablesRetry, [slot]) }

    /// Has tables copied again, and wakes the engine; returns those that the job follows.
    public func resync(_ tables: [QualifiedName]) throws(PostgresError) -> Set<QualifiedName> {
        var known: Set<QualifiedName> = []
        let names = tables.arrays
        for row in try shadow.connection.query(.subscriberTablesResync, [slot] + names).rows {
            known.insert(try row.qualifiedName())
        }
        try wake()
        return known
    }

    /// The stream has reached the job's position again with these tables.
    public func markCaughtUp(_ tables: some Collection<QualifiedName>) throws(PostgresError) {
        try shadow.connection.query(
            .subscriberTablesCaughtUp,
            [slot] + tables.arrays)
    }

    // MARK: The copy

    /// A copy of the table begins, in several parts.
    public func markCopying(_ table: QualifiedName) throws(PostgresError) {
        try shadow.connection.query(.subscriberTableCopying, [slot, table.schema, table.name])
    }

    /// The table's rows are there; in the transaction of the last of them.
    ///
    /// - Parameter state: `ready` or `catchUp`, with the snapshot's position.
    public func markCopied(
        _ table: QualifiedName, _ state: FollowedTable.State, rows: Int, bytes: Int
    ) throws(PostgresError) {
        try shadow.connection.query(
            .subscriberTableCopied,
            [
                slot, table.schema, table.name, state.snapshot?.description, String(rows), String(bytes), state.name,
            ])
    }

    /// Shows how far a table's copy is.
    public func setCopied(_ table: QualifiedName, rows: Int, bytes: Int) throws(PostgresError) {
        try shadow.connection.query(
            .subscriberTableProgress, [slot, table.schema, table.name, String(rows), String(bytes)])
    }

    /// Notes which identity columns are GENERATED ALWAYS on the source.
    public func setIdentityColumns(_ table: QualifiedName, _ columns: [String]) throws(PostgresError) {
        try shadow.connection.query(
            .subscriberTableIdentity, [slot, table.schema, table.name, ArrayText.text(columns)])
    }
}
