internal import CLibpq
import Glibc
public import Postgres

/// A connection to a server: one owner, one thread (it is not Sendable; open it inside the worker that uses it), closed by
/// its `deinit`. All waits poll the socket together with the interrupt, over non-blocking libpq.
@safe public final class Connection {
    /// The effect of an interrupt on a wait.
    public enum InterruptPolicy: Sendable {
        /// The wait throws. When the connection is used again, the query that was interrupted is ended first: it is
        /// cancelled, and its answers are discarded. Its transaction stays open but aborted; one that `transaction` has
        /// begun is rolled back.
        case abandon
        /// The server is asked to cancel (PQcancel) and the wait goes on for its answer; the interrupt is cleared.
        case cancelQuery
    }

    let pointer: OpaquePointer
    public let interrupt: Interrupt
    /// How many calls of `shielded` surround the present call.
    private var shields = 0
    public var onInterrupt: InterruptPolicy
    /// Notices and warnings since they were last taken.
    private let inbox = NoticeInbox()
    private let noticeContext: UnsafeMutableRawPointer
    /// Answers that the pipeline still owes: one for each statement and each sync.
    var pipelineOwed = 0
    /// The answer that `answerIfComplete` has read, while the server has not said that it was the last.
    var partialAnswer: QueryResult?
    /// To be ended before anything else is sent.
    var leftover: Leftover = []
    /// Why the connection counts as lost, though the server may not know.
    private var givenUp: PostgresError?

    /// Connects. `client_encoding` is UTF8 unless the parameters say otherwise, `application_name` defaults to the program's.
    ///
    /// Throws the server's or libpq's reason with origin `.connection`, or `.interrupted`.
    public init(
        _ parameters: ConnectionString, interrupt: Interrupt, onInterrupt: InterruptPolicy = .abandon
    ) throws(PostgresError) {
        self.interrupt = interrupt
        self.onInterrupt = onInterrupt
        var merged = parameters.parameters
        merged["client_encoding"] = merged["client_encoding"] ?? "UTF8"
        merged["fallback_application_name"] = merged["fallback_application_name"] ?? "scry-backfill"
        let keywords = Array(merged.keys)
        let opened = unsafe CStrings.with(keywords) { keywordPointers in
            unsafe CStrings.with(keywords.map { merged[$0] }) { valuePointers in
                unsafe PQconnectStartParams(keywordPointers, valuePointers, 0)
            }
        }
        guard let opened = unsafe opened else { throw PostgresError("out of memory", sqlState: SQLState("53200")) }
        unsafe pointer = opened
        unsafe noticeContext = Unmanaged.passRetained(inbox).toOpaque()
        unsafe PQsetErrorVerbosity(opened, PQERRORS_VERBOSE)
        unsafe PQsetNoticeReceiver(
            opened,
            { context, result in
                guard let context = unsafe context, let result = unsafe result else { return }
                // The context is the inbox that this connection retains until its deinit.
                unsafe Unmanaged<NoticeInbox>.fromOpaque(context).takeUnretainedValue().notices.append(
                    PostgresError(result: result, connectionLost: false))
            }, noticeContext)
        try finishConnecting(milliseconds: try connectTimeout())
        unsafe PQsetErrorVerbosity(pointer, PQERRORS_DEFAULT)
        unsafe PQsetnonblocking(pointer, 1)
    }

    deinit {
        unsafe PQfinish(pointer)
        unsafe Unmanaged<NoticeInbox>.fromOpaque(noticeContext).release()
    }

    /// In milliseconds; nil waits without limit. From the parameters, the service file or PGCONNECT_TIMEOUT (manual, 34.1.2:
    /// in seconds, none for zero and less, at least two).
    private func connectTimeout() throws(PostgresError) -> Int? {
        guard let text = effectiveParameters["connect_timeout"] else { return nil }
        guard let seconds = Int32(text.drop(while: \.isWhitespace)) else {
            throw PostgresError(
                "invalid integer value \"\(text)\" for connection option \"connect_timeout\"",
                hint: "Give a number of seconds.", sqlState: .invalidParameterValue)
        }
        return seconds > 0 ? max(Int(seconds), 2) * 1000 : nil
    }

    private func finishConnecting(milliseconds: Int?) throws(PostgresError) {
        var state = PGRES_POLLING_WRITING
        let start = ContinuousClock.now
        while state != PGRES_POLLING_OK {
            guard state != PGRES_POLLING_FAILED, unsafe PQstatus(pointer) != CONNECTION_BAD else {
                throw unsafe PostgresError(
                    connecting: String(cString: PQerrorMessage(pointer)),
                    needsPassword: PQconnectionNeedsPassword(pointer) != 0, effectiveParameters)
            }
            let left = milliseconds.map { $0 - Int(start.duration(to: .now) / .milliseconds(1)) }
            let writable = state == PGRES_POLLING_WRITING
            switch Wait.poll([(descriptor, writable)], interrupt: interrupt, milliseconds: left) {
            case .ready: break
            case .interrupted: throw Interrupt.error
            case .timedOut:
                var error = PostgresError(
                    "connection attempt timed out",
                    hint: "Check that the server can be reached, or raise connect_timeout.",
                    sqlState: SQLState("08001"),
                    origin: .connection)
                error.severity = "FATAL"
                throw error
            }
            state = unsafe PQconnectPoll(pointer)
        }
    }

    // MARK: Properties

    public var descriptor: Int32 { unsafe PQsocket(pointer) }
    public var isAlive: Bool { unsafe givenUp == nil && PQstatus(pointer) == CONNECTION_OK }
    public var serverVersion: ServerVersion { ServerVersion(Int(unsafe PQserverVersion(pointer))) }
    public var serverProcessID: Int32 { unsafe PQbackendPID(pointer) }
    public var database: String { unsafe text(PQdb(pointer)) }
    public var user: String { unsafe text(PQuser(pointer)) }
    /// A host name, an address, or a socket's directory.
    public var host: String { unsafe text(PQhost(pointer)) }
    public var hostAddress: String { unsafe text(PQhostaddr(pointer)) }
    public var port: String { unsafe text(PQport(pointer)) }
    public var usesTLS: Bool { unsafe PQsslInUse(pointer) != 0 }
    /// The server asked for a password in this connection.
    public var usedPassword: Bool { unsafe PQconnectionUsedPassword(pointer) != 0 }

    /// Attributes of the TLS session (`protocol`, `cipher`, `compression`); nil where there is none.
    public func tlsAttribute(_ name: String) -> String? {
        unsafe PQsslAttribute(pointer, name).map { unsafe String(cString: $0) }
    }

    /// A setting that the server reports on its own (`standard_conforming_strings`, `in_hot_standby`, …).
    public func parameterStatus(_ name: String) -> String? {
        unsafe PQparameterStatus(pointer, name).map { unsafe String(cString: $0) }
    }

    public enum TransactionStatus: Sendable { case idle, active, inTransaction, inFailedTransaction, unknown }

    public var transactionStatus: TransactionStatus {
        switch unsafe PQtransactionStatus(pointer) {
        case PQTRANS_IDLE: .idle
        case PQTRANS_ACTIVE: .active
        case PQTRANS_INTRANS: .inTransaction
        case PQTRANS_INERROR: .inFailedTransaction
        default: .unknown
        }
    }

    /// The parameters in force, defaults and environment included, password too: enough to connect again.
    public var effectiveParameters: ConnectionString {
        var string = ConnectionString()
        if let options = unsafe PQconninfo(pointer) {
            unsafe ConnectionString.collect(options, into: &string.parameters)
            unsafe PQconninfoFree(options)
        }
        let password = unsafe text(PQpass(pointer))
        if !password.isEmpty { string["password"] = password }
        return string
    }

    /// Notices and warnings that have come since the last call.
    public func takeNotices() -> [PostgresError] {
        defer { inbox.notices = [] }
        return inbox.notices
    }

    // MARK: Waiting

    var isShielded: Bool { shields > 0 }

    /// Runs `body` while the interrupt does not end this connection's waits: for work that a stop must wait for, or
    /// that it ends with.
    public func shielded<Value>(_ body: () throws(PostgresError) -> Value) throws(PostgresError) -> Value {
        shields += 1
        defer { shields -= 1 }
        return try body()
    }

    /// Waits until something is to be read or the time is over, flushing what is queued meanwhile, and takes it in.
    ///
    /// Throws `.interrupted` under the policy `.abandon`. A connection that is lost in the wait shows in the results that
    /// follow; one that was lost before is an error, since nothing will ever come.
    func waitForInput(milliseconds: Int? = nil) throws(PostgresError) {
        try wait(writable: unsafe PQflush(pointer) == 1, milliseconds: milliseconds)
    }

    private func wait(writable: Bool, milliseconds: Int?) throws(PostgresError) {
        guard isAlive else { throw lastError() }
        switch Wait.poll(
            [(descriptor, writable)], interrupt: isShielded ? nil : interrupt, milliseconds: milliseconds)
        {
        case .ready, .timedOut: break
        case .interrupted:
            guard onInterrupt == .cancelQuery else {
                leftover.insert(.answers)
                throw Interrupt.error
            }
            interrupt.clear()
            cancel()
        }
        _ = unsafe PQconsumeInput(pointer)
    }

    /// Asks the server to cancel what this connection runs (over a connection of its own; manual, 34.7). Its answer is the
    /// statement's: cancelled, or finished before the request came.
    public func cancel() {
        guard let cancel = unsafe PQgetCancel(pointer) else { return }
        var reason: [CChar] = Array(repeating: 0, count: 256)
        _ = unsafe PQcancel(cancel, &reason, Int32(reason.count))
        unsafe PQfreeCancel(cancel)
    }

    /// Sends all that is queued; reads meanwhile, so that two full buffers cannot wait for each other.
    func flush() throws(PostgresError) {
        while true {
            switch unsafe PQflush(pointer) {
            case 0: return
            // Without another flush before the wait: it could leave nothing to send, and so nothing to wait for.
            case 1: try wait(writable: true, milliseconds: nil)
            default: throw lastError()
            }
        }
    }

    /// Counts the connection as lost, since its server does not end what it was asked to cancel.
    func giveUp() -> PostgresError {
        var error = PostgresError(
            "the server does not end an interrupted query",
            hint: "pg_stat_activity shows what process \(serverProcessID) is at.",
            sqlState: .connectionFailure, origin: .connection)
        error.severity = "FATAL"
        givenUp = error
        return error
    }

    /// The connection's last error, where no result holds it.
    func lastError() -> PostgresError {
        if let givenUp { return givenUp }
        var error = PostgresError(
            PostgresError.trimmed(unsafe String(cString: PQerrorMessage(pointer))),
            sqlState: isAlive ? .internalError : .connectionFailure, origin: isAlive ? .client : .connection)
        error.severity = isAlive ? "ERROR" : "FATAL"
        return error
    }

    private func text(_ pointer: UnsafeMutablePointer<CChar>?) -> String {
        unsafe pointer.map { unsafe String(cString: $0) } ?? ""
    }
}

/// The notices of a connection. libpq calls its notice receiver only inside its own functions, so on the connection's
/// own thread.
private final class NoticeInbox {
    var notices: [PostgresError] = []
}
