internal import Job
internal import Logging
internal import Postgres
internal import Subscriber

/// Records the events of a job: in the log, and among the job's events where the shadow still answers. An event is no
/// reason to fail.
final class Journal {
    let logger: Logger
    private let store: JobStore
    private var warned: Set<String> = []

    init(_ store: JobStore, logger: Logger) {
        self.store = store
        self.logger = logger
    }

    func log(_ message: String) { record(JobEvent(.log, message)) }

    func warn(_ message: String, hint: String? = nil) { record(JobEvent(.warning, message, hint: hint)) }

    /// As `warn`, but not a second time for the life of this session.
    func warnOnce(_ message: String, hint: String) {
        if warned.insert(message).inserted { warn(message, hint: hint) }
    }

    /// Records the error that keeps a table from being copied or followed, with the table too.
    ///
    /// - Parameter message: the work that could not be done, without the reason.
    func problem(_ error: PostgresError, of table: QualifiedName, _ message: String) throws(PostgresError) {
        try store.setProblem(table, error)
        record(JobEvent(.error, "\(message): \(error.message)", hint: error.hint))
    }

    private func record(_ event: JobEvent) {
        logger.log(level: event.severity.logLevel, "\(event.message)")
        guard store.isReachable else { return }
        do throws(PostgresError) {
            try store.record(event)
        } catch {
            logger.warning("could not record an event in the shadow: \(error.message)")
        }
    }
}

extension JobEvent.Severity {
    var logLevel: Logger.Level {
        switch self {
        case .log: .info
        case .warning: .warning
        case .error: .error
        }
    }
}
