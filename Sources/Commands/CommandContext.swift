public import Configuration
public import Libpq
public import Postgres
internal import Publisher

/// The surroundings of a command: the two servers, the configuration, and the person, if there is one. It lives on one
/// thread, that of the shell or of the command line.
public final class CommandContext {
    public let configuration: Configuration
    public let interrupt: Interrupt
    /// Where the source is; the connection is made at the first use.
    public let source: Server
    /// Nil where no shadow is configured.
    public let shadow: Server?
    /// True where a person is at a terminal and can be asked.
    public let isInteractive: Bool
    private let ask: (String) -> String?
    private let askSecret: (String) -> String?
    private let report: (String) -> Void

    /// - Parameters:
    ///   - ask: shows a question at the terminal and returns the answer, nil at its end; called only where interactive.
    ///   - askSecret: the same, without showing what is typed.
    ///   - report: shows a line of progress while the command runs, on standard error.
    public init(
        configuration: Configuration, interrupt: Interrupt, source: Server, shadow: Server?,
        isInteractive: Bool = false,
        ask: @escaping (String) -> String? = { _ in nil }, askSecret: @escaping (String) -> String? = { _ in nil },
        report: @escaping (String) -> Void = { _ in }
    ) {
        self.configuration = configuration
        self.interrupt = interrupt
        self.source = source
        self.shadow = shadow
        self.isInteractive = isInteractive
        self.ask = ask
        self.askSecret = askSecret
        self.report = report
    }

    /// The shadow; throws, with how to name one, where none is configured.
    public func requireShadow() throws(PostgresError) -> Server {
        guard let shadow else { throw Self.noShadow }
        return shadow
    }

    public static let noShadow = PostgresError(
        "no shadow is configured",
        hint:
            "Name the shadow database with --shadow CONNINFO, SCRY_BACKFILL_SHADOW, or [shadow] dsn in scry-backfill.toml.",
        sqlState: .configFileError)

    /// Asks for a word that confirms an action that cannot be undone. In a script `yes` must have been given instead.
    ///
    /// Throws where it was neither given nor answered.
    public func confirm(_ question: String, expecting word: String, yes: Bool, of command: String) throws(PostgresError)
    {
        if yes { return }
        guard isInteractive else {
            throw PostgresError(
                "\"\(command)\" needs a confirmation", hint: "Add --yes to run it in a script.",
                sqlState: .invalidParameterValue)
        }
        guard ask(question) == word else {
            throw PostgresError("not confirmed, nothing was changed", sqlState: .queryCanceled)
        }
    }

    /// Asks twice for a user's new password; nil where none was typed.
    ///
    /// Throws where the two differ, or Ctrl-C was typed.
    func askNewPassword(of user: String) throws(PostgresError) -> String? {
        guard
            let first = askSecret("Enter new password for user \"\(user)\" (empty for none): "),
            let second = first.isEmpty ? first : askSecret("Enter it again: ")
        else {
            throw PostgresError("no password was given, nothing was changed", sqlState: .queryCanceled)
        }
        guard first == second else {
            throw PostgresError(
                "the passwords did not match, nothing was changed", hint: "Type the same password twice.",
                sqlState: .invalidParameterValue)
        }
        return first.isEmpty ? nil : first
    }

    public func progress(_ line: String) { report(line) }

    /// The source, to be read and asked for the changes that Publisher names, on the session of `source`.
    ///
    /// Throws with origin `.connection` where it cannot be reached.
    func openSource() throws(PostgresError) -> Source { Source(try source.connection()) }
}

/// One of the two servers as commands see it: a connection made when it is first needed, and made again when it was lost.
public final class Server {
    public enum Role: String, Sendable { case source, shadow }

    public let role: Role
    private let interrupt: Interrupt
    public private(set) var parameters: ConnectionString
    private var open: Connection?
    /// How a connection is made where a person may have to be asked for a password; nil for no questions.
    public var connector: ((ConnectionString) throws(PostgresError) -> Connection)?

    public init(_ role: Role, _ parameters: ConnectionString, interrupt: Interrupt) {
        self.role = role
        self.parameters = parameters
        self.interrupt = interrupt
    }

    /// The connection; interrupting it cancels its query.
    ///
    /// Throws with origin `.connection` where it cannot be made.
    public func connection() throws(PostgresError) -> Connection {
        if let open, open.isAlive { return open }
        let connection =
            if let connector {
                try connector(parameters)
            } else {
                try Connection(parameters, interrupt: interrupt, onInterrupt: .cancelQuery)
            }
        open = connection
        return connection
    }

    /// The connection if it has been made, alive or lost.
    public var current: Connection? { open }

    /// Puts another connection in place of the present one (`\connect`).
    public func replace(with connection: Connection) {
        parameters = connection.effectiveParameters
        open = connection
    }

    /// All that another process needs to connect to the same database: what is in force if connected, password included.
    public var reachableParameters: ConnectionString { open?.effectiveParameters ?? parameters }

    public func close() { open = nil }
}
