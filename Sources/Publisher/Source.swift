public import Catalog
public import Libpq
public import Postgres
internal import Scripts

/// A session on the source. The connection stays in this module, so that all which can happen to production stands in this
/// folder: outside of it a source can be read (`CatalogReader`), and asked for the changes that these extensions name.
public final class Source: CatalogReader {
    let connection: Connection

    public var reading: ReadSession { ReadSession(connection) }

    /// Opens a session whose settings are the engine's (`PinnedSetting`).
    public init(
        _ source: ConnectionString, as role: String, interrupt: Interrupt,
        onInterrupt: Connection.InterruptPolicy = .abandon
    ) throws(PostgresError) {
        connection = try Connection(source.fixed(as: role), interrupt: interrupt, onInterrupt: onInterrupt)
        try connection.pinSettings()
    }

    /// A session that somebody has opened already: the shell's, with its settings and its transaction.
    public init(_ connection: Connection) { self.connection = connection }

    /// Runs `body` while the interrupt does not end this session's waits (`Connection.shielded`).
    public func shielded<Value>(_ body: () throws(PostgresError) -> Value) throws(PostgresError) -> Value {
        try connection.shielded(body)
    }

    /// Ends each statement after so many seconds.
    public func limitStatements(seconds: Int) throws(PostgresError) {
        try connection.query("SET statement_timeout = '\(seconds)s'")
    }

    /// Ends another session of the same role.
    public func terminate(_ processID: Int) throws(PostgresError) {
        try connection.query(.publisherSessionTerminate, [String(processID)])
    }

    /// How long the walsender waits for a status, in milliseconds; nil without limit.
    public func senderTimeout() throws(PostgresError) -> Int? {
        guard let row = try connection.query(.publisherSenderTimeout).rows.first else { return nil }
        let milliseconds = try row.int("milliseconds")
        return milliseconds > 0 ? milliseconds : nil
    }

    /// The search_path that functions of this database may rely on, and whether the database has it as a setting of its own.
    public func functionPath() throws(PostgresError) -> (path: String, isOfDatabase: Bool) {
        guard let row = try connection.query(.publisherFunctionPath).rows.first else { return ("", false) }
        return (try row.string("path"), try row.bool("is_of_database"))
    }

    /// How many pages the heaps of tables have.
    public func pages(of tables: [OID]) throws(PostgresError) -> [OID: Int] {
        var pages: [OID: Int] = [:]
        let list = "{" + tables.map(\.description).joined(separator: ",") + "}"
        for row in try connection.query(.publisherTablePages, [list]).rows {
            pages[try row.oid("oid")] = try row.optionalInt("pages") ?? 0
        }
        return pages
    }

    /// Begins a transaction that sees what the snapshot holds.
    ///
    /// Throws an error that is safe to retry where the session that exported it has ended: it was cut.
    public func useSnapshot(_ name: String) throws(PostgresError) {
        try connection.query(.sessionBeginReading)
        do throws(PostgresError) {
            try connection.query("SET TRANSACTION SNAPSHOT \(quoteLiteral(name))")
        } catch {
            // ImportSnapshot in snapmgr.c; the second since 17.
            guard error.sqlState == .invalidParameterValue || error.sqlState == .undefinedObject else { throw error }
            try endTransaction()
            throw PostgresError(
                "the source has cut the session that kept the copy's snapshot", detail: error.message,
                sqlState: .connectionFailure, origin: .connection)
        }
    }

    /// Those columns of a table, of types text or bytea, that hold a value of more bytes; its values are not read for that.
    public func columns(
        _ columns: [String], of table: QualifiedName, longerThan bytes: Int
    ) throws(PostgresError) -> [String] {
        var long: [String] = []
        for column in columns {
            let found = try connection.query(
                "SELECT FROM \(table.quoted) WHERE pg_catalog.octet_length(\(quoteIdentifier(column))) > \(bytes) LIMIT 1"
            )
            if found.rowCount > 0 { long.append(column) }
        }
        return long
    }

    /// Whether the snapshot in use may show a table, which this transaction has read, emptier than it was: it has been
    /// truncated or rewritten since.
    public func wasRewritten(_ table: OID) throws(PostgresError) -> Bool {
        guard let row = try connection.query(.publisherTableRewritten, [table.description]).rows.first else {
            return false
        }
        return try row.bool("rewritten")
    }

    /// Begins a transaction whose snapshot others may use too, and which must stay open meanwhile: for a copy without
    /// stream, which needs no slot.
    public func exportSnapshot() throws(PostgresError) -> (name: String, position: LSN) {
        try connection.query(.sessionBeginReading)
        guard let row = try connection.query(.publisherExportSnapshot).rows.first else {
            throw PostgresError("the source exported no snapshot", sqlState: .protocolViolation)
        }
        return (try row.string("name"), try row.lsn("position"))
    }

    public func endTransaction() throws(PostgresError) { try connection.query(.sessionRollback) }

    /// The sequences that tables use, and where they stand. Those that the role may not read are left out, and named.
    public func sequenceStates(
        usedBy tables: [QualifiedName]
    ) throws(PostgresError) -> (states: [SequenceState], unreadable: [QualifiedName]) {
        var states: [SequenceState] = []
        var unreadable: [QualifiedName] = []
        for definition in try connection.sequences(usedBy: tables) {
            do throws(PostgresError) {
                let result = try connection.query("SELECT last_value, is_called FROM \(definition.name.quoted)")
                guard let row = result.rows.first else { continue }
                states.append(
                    SequenceState(
                        definition, lastValue: try row.int("last_value"), isCalled: try row.bool("is_called")))
            } catch  where error.sqlState == .insufficientPrivilege {
                unreadable.append(definition.name)
            } catch  where error.sqlState == .undefinedTable {
                // Dropped or renamed meanwhile.
                continue
            }
        }
        return (states, unreadable)
    }
}
