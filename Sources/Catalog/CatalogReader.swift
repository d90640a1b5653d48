public import Libpq
public import Postgres
public import Scripts

/// A session that can be asked what its server holds. All reads are extensions of this protocol, so every session has them: a
/// plain `Connection`, the publisher's `Source` and the subscriber's `Shadow`, which keep their connections to themselves.
public protocol CatalogReader {
    /// The session as reads have it.
    var reading: ReadSession { get }
}

/// A connection that can be read through and not be written to: it takes scripts that change nothing, and hands the connection
/// to nobody.
public struct ReadSession: CatalogReader {
    fileprivate let connection: Connection

    public init(_ connection: Connection) { self.connection = connection }

    public var reading: ReadSession { self }
}

extension Connection: CatalogReader {
    public var reading: ReadSession { ReadSession(self) }
}

extension CatalogReader {
    /// Runs a file of `sql/` that changes nothing. With parameters it must hold one statement; without, it may hold several.
    ///
    /// Throws the server's error.
    @discardableResult
    public func read(_ script: ReadScript, _ parameters: [String?] = []) throws(PostgresError) -> QueryResult {
        try reading.connection.query(script.text, parameters)
    }

    /// As `read`, but an open transaction stays usable where the script fails.
    @discardableResult
    func readApart(_ script: ReadScript, _ parameters: [String?]) throws(PostgresError) -> QueryResult {
        guard transactionStatus == .inTransaction else { return try read(script, parameters) }
        let connection = reading.connection
        try connection.query(.sessionSavepoint)
        do throws(PostgresError) {
            let result = try read(script, parameters)
            try connection.query(.sessionSavepointRelease)
            return result
        } catch {
            // The first error is the one to report; a connection that is lost has rolled back.
            _ = try? connection.query(.sessionSavepointUndo)
            throw error
        }
    }

    /// Has all reads of `body` see one moment, in a transaction of their own.
    public func atOneMoment<Value>(_ body: () throws(PostgresError) -> Value) throws(PostgresError) -> Value {
        try reading.connection.transaction(Script.sessionBeginReading.text, body)
    }

    /// Has this session write numbers with 15 digits, as all servers write them the same way.
    public func roundNumbers() throws(PostgresError) { try reading.connection.query(.sessionRoundNumbers) }
}

// Properties of the connection.
extension CatalogReader {
    public var serverVersion: ServerVersion { reading.connection.serverVersion }
    public var serverProcessID: Int32 { reading.connection.serverProcessID }
    public var database: String { reading.connection.database }
    public var user: String { reading.connection.user }
    /// A host name, an address, or a socket's directory.
    public var host: String { reading.connection.host }
    public var port: String { reading.connection.port }
    public var usesGSS: Bool { reading.connection.usesGSS }
    public var isAlive: Bool { reading.connection.isAlive }
    public var transactionStatus: Connection.TransactionStatus { reading.connection.transactionStatus }
    /// The interrupt that ends its waits.
    public var interrupt: Interrupt { reading.connection.interrupt }
    /// The parameters in force, password included: enough to open another session beside this one.
    public var effectiveParameters: ConnectionString { reading.connection.effectiveParameters }

    /// A setting that the server reports on its own (`server_encoding`, `in_hot_standby`, ...).
    public func parameterStatus(_ name: String) -> String? { reading.connection.parameterStatus(name) }

    /// A second session with the same parameters.
    public func openAnother() throws(PostgresError) -> ReadSession {
        ReadSession(try Connection(effectiveParameters, interrupt: interrupt))
    }
}
