public import Catalog
public import Libpq
public import Postgres
internal import Scripts

/// A session on the shadow. The connection stays in this module, so that all which can happen to the shadow stands in this
/// folder: outside of it a shadow can be read (`CatalogReader`), and asked for the changes that these extensions name.
public final class Shadow: CatalogReader {
    let connection: Connection
    private var functionPath: String?

    public var reading: ReadSession { ReadSession(connection) }
    /// For poll: readable when a notification has come, or the server has closed the connection.
    public var descriptor: Int32 { connection.descriptor }

    /// Opens a session whose settings are the engine's (`PinnedSetting`).
    public init(
        _ shadow: ConnectionString, as role: String, interrupt: Interrupt,
        onInterrupt: Connection.InterruptPolicy = .abandon
    ) throws(PostgresError) {
        connection = try Connection(shadow.fixed(as: role), interrupt: interrupt, onInterrupt: onInterrupt)
        try connection.pinSettings()
        try connection.query(.subscriberDurableCommits)
        if serverVersion.major >= 14 {
            do throws(PostgresError) {
                try connection.query(.subscriberClientCheck)
            } catch  where error.sqlState == .invalidParameterValue {}
        }
    }

    /// A session that somebody has opened already: the shell's, with its settings and its transaction.
    public init(_ connection: Connection) { self.connection = connection }

    /// Runs `body` while the interrupt does not end this session's waits (`Connection.shielded`).
    public func shielded<Value>(_ body: () throws(PostgresError) -> Value) throws(PostgresError) -> Value {
        try connection.shielded(body)
    }

    /// A session beside the one that holds the job's lock. It belongs to the job until it ends, so that the job's next
    /// engine can wait for that.
    public convenience init(
        _ shadow: ConnectionString, as role: String, slot: String, interrupt: Interrupt
    ) throws(PostgresError) {
        try self.init(shadow, as: role, interrupt: interrupt)
        try connection.query(.subscriberJobJoin, [slot])
    }

    /// Runs `body` in a transaction: commits, or rolls back and throws what it threw.
    ///
    /// - Parameter isToBeKept: false of a value for which it rolls back too.
    public func transaction<Value>(
        where isToBeKept: (Value) -> Bool = { _ in true }, _ body: () throws(PostgresError) -> Value
    ) throws(PostgresError) -> Value {
        try connection.transaction(where: isToBeKept, body)
    }

    /// Has this session receive what is asked of the shadow's jobs (`takeNotifications`).
    public func listen() throws(PostgresError) { try connection.query(.subscriberListen) }

    /// Takes in what has come, without waiting, and returns the notifications among it.
    public func takeNotifications() -> [Connection.Notification] { connection.takeNotifications() }

    /// Keeps triggers and foreign keys from firing while this session writes (session_replication_role; superusers, and
    /// since 15 whom SET on it was granted). False where the role may not.
    public func becomeReplica() throws(PostgresError) -> Bool {
        do throws(PostgresError) {
            try connection.query(.subscriberBecomeReplica)
            return true
        } catch  where error.sqlState == .insufficientPrivilege {
            return false
        }
    }

    /// Has the functions that indexes, constraints and generated columns call find what they name without a schema, as they do on
    /// the source: for sessions that write rows or build indexes.
    public func resolveFunctions(by path: String) throws(PostgresError) {
        try connection.query(.subscriberFunctionPath, [path])
        functionPath = path
    }

    /// Gives this database a search_path, for all who come to it, unless it has one. True if it was given.
    ///
    /// Throws 42501 where the role does not own the database.
    public func adoptPath(_ path: String) throws(PostgresError) -> Bool {
        guard let row = try connection.query(.subscriberHasPath).rows.first, try !row.bool("has_path") else {
            return false
        }
        let database = quoteIdentifier(try row.string("database"))
        try connection.transaction { () throws(PostgresError) in
            // The server reads the path, which is a list, not a text that could be quoted.
            try connection.query(.subscriberPathSet, [path])
            try connection.query("ALTER DATABASE \(database) SET search_path FROM CURRENT")
        }
        return true
    }

    /// Runs statements that read definitions, in which names stand with their schemas only where no path finds them.
    func withoutFunctionPath<Value>(_ body: () throws(PostgresError) -> Value) throws(PostgresError) -> Value {
        guard let functionPath else { return try body() }
        try connection.query(.subscriberFunctionPath, [nil])
        let value = try body()
        try connection.query(.subscriberFunctionPath, [functionPath])
        return value
    }

    /// Rows that a crash of the server loses are then lost together with their progress, so nothing needs to wait for
    /// the disk.
    public func commitLazily() throws(PostgresError) { try connection.query(.subscriberLazyCommits) }

    /// Ends each statement after so many seconds.
    public func limitStatements(seconds: Int) throws(PostgresError) {
        try connection.query("SET statement_timeout = '\(seconds)s'")
    }

    /// Ends each statement that has waited for a lock for so many milliseconds; 0: none.
    public func limitLockWaits(milliseconds: Int) throws(PostgresError) {
        try connection.query("SET lock_timeout = \(milliseconds)")
    }

    /// Gives index builds memory enough to sort what fits (manual, 20.4.1).
    public func enlargeSorts() throws(PostgresError) { try connection.query(.subscriberLargeSorts) }

    /// A relation of the shadow by name; nil where there is none.
    public func relation(_ name: QualifiedName) throws(PostgresError) -> ShadowRelation? {
        guard let row = try connection.query(.subscriberRelation, [name.schema, name.name]).rows.first else {
            return nil
        }
        return ShadowRelation(
            oid: try row.oid("oid"), name: name, isPartitioned: try row.string("kind") == "p",
            isTable: try ["r", "p"].contains(row.string("kind")))
    }

    /// Which of these tables do not exist as partitions.
    public func unattachedTables(_ names: [QualifiedName]) throws(PostgresError) -> [QualifiedName] {
        var missing: [QualifiedName] = []
        for row in try connection.query(.subscriberTablesUnattached, names.arrays).rows {
            missing.append(try row.qualifiedName())
        }
        return missing
    }

    /// Whether a table holds any row; a partitioned one, in its partitions.
    public func hasRows(_ relation: ShadowRelation) throws(PostgresError) -> Bool {
        try connection.query("SELECT 1 FROM \(relation.scope) LIMIT 1").rowCount > 0
    }

    /// Empties a table that the job fills. True if it was truncated, so that this transaction may write frozen rows; a table
    /// that a foreign key points to cannot be.
    public func empty(_ name: QualifiedName) throws(PostgresError) -> Bool {
        guard let relation = try relation(name) else {
            throw PostgresError(
                "table \(name) does not exist in the shadow", hint: "Create it there.", sqlState: .undefinedTable)
        }
        if try areReferenced([relation]) {
            try connection.query("DELETE FROM \(relation.scope)")
            return false
        }
        try connection.query("TRUNCATE \(relation.scope)")
        return !relation.isPartitioned
    }

    /// Whether foreign keys of other tables point to any of these, so that TRUNCATE refuses them (heap_truncate_check_FKs in
    /// heap.c): the others may be where these are not yet, or may not be followed any more.
    public func areReferenced(_ tables: [ShadowRelation]) throws(PostgresError) -> Bool {
        guard !tables.isEmpty else { return false }
        let oids = ArrayText.text(tables.map(\.oid.description))
        return try connection.query(.subscriberReferencedFromElsewhere, [oids]).rows[0].bool("is_referenced")
    }

    /// Triggers, rules and foreign keys of tables that would act on rows that this session writes if it cannot become a
    /// replica:
    /// by the table, their names.
    public func actingTriggers(on tables: [QualifiedName]) throws(PostgresError) -> [QualifiedName: [String]] {
        var triggers: [QualifiedName: [String]] = [:]
        for row in try connection.query(.subscriberActingTriggers, tables.arrays).rows {
            let table = try row.qualifiedName()
            triggers[table, default: []].append(try row.string("trigger"))
        }
        return triggers
    }
}

/// A relation of the shadow.
public struct ShadowRelation: Hashable, Sendable {
    public let oid: OID
    public let name: QualifiedName
    public let isPartitioned: Bool
    public let isTable: Bool

    /// The table's own rows, as SQL names them: those of a partitioned table are in its partitions.
    var scope: String { isPartitioned ? name.quoted : "ONLY \(name.quoted)" }
}
