/// An error, in the parts that PostgreSQL gives one (manual, 55.8 "Error and Notice Message Fields"). The program's own
/// errors have the same form, so that all of them are printed, logged and stored in one way.
public struct PostgresError: Error, Hashable, Sendable {
    /// Where the error arose, which decides whether and how a caller goes on.
    public enum Origin: Sendable {
        /// The server reported it.
        case server
        /// The connection could not be made, or was lost.
        case connection
        /// This program found it.
        case client
        /// The wait was interrupted (Ctrl-C, SIGTERM) before the server answered.
        case interrupted
    }

    public var origin: Origin
    /// `ERROR`, `FATAL`, …, as the server wrote it (localized); `ERROR` for our own.
    public var severity: String = "ERROR"
    public var sqlState: SQLState
    /// Lower case, no full stop.
    public var message: String
    /// A sentence.
    public var detail: String?
    /// A sentence that says what to do.
    public var hint: String?
    /// In characters from 1, into the statement.
    public var position: Int?
    public var internalPosition: Int?
    public var internalQuery: String?
    public var context: String?
    public var schema: String?
    public var table: String?
    public var column: String?
    public var dataType: String?
    public var constraint: String?
    public var sourceFile: String?
    public var sourceLine: String?
    public var sourceFunction: String?

    public init(
        _ message: String, detail: String? = nil, hint: String? = nil,
        sqlState: SQLState = .notInPrerequisiteState, origin: Origin = .client
    ) {
        self.message = message
        self.detail = detail
        self.hint = hint
        self.sqlState = sqlState
        self.origin = origin
    }

    /// True where the same work, begun anew on new connections, may succeed without a person: the server went away, is
    /// starting, or rolled the transaction back for another's sake. Wrong credentials, a missing database, and every
    /// error in the work itself are not.
    public var isSafeToRetry: Bool {
        switch origin {
        case .interrupted: return false
        case .connection, .server:
            switch sqlState {
            case .serializationFailure, .deadlockDetected, .adminShutdown, .crashShutdown, .cannotConnectNow:
                return true
            default: return sqlState.classCode == "08" || sqlState.code == "53300"
            }
        case .client: return false
        }
    }
}
