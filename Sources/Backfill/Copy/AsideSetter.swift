internal import Logging
internal import Postgres
internal import Subscriber

/// Sets things of the shadow aside on one session, each with its note and an event.
struct AsideSetter {
    private let shadow: Shadow
    private let store: JobStore
    private let logger: Logger

    /// - Parameter store: of the same session.
    init(_ shadow: Shadow, _ store: JobStore, logger: Logger) {
        self.shadow = shadow
        self.store = store
        self.logger = logger
    }

    /// Sets aside what has refused a row. False where nothing can be set aside for it.
    func setAside(for error: PostgresError, of table: QualifiedName) throws(PostgresError) -> Bool {
        guard let refusal = Refusal(error) else { return false }
        let found = try shadow.candidates(for: refusal, of: table, error)
        try setAside(found)
        return !found.isEmpty
    }

    func setAside(_ candidates: [SetAsideCandidate]) throws(PostgresError) {
        try store.setAside(candidates)
        for item in candidates.map(\.item) {
            let message = "\(item.type) \(item.identity) is set aside in the shadow: \(item.reason)"
            logger.warning("\(message)")
            try store.note(
                "WARNING", message,
                hint: "\\backfill reset puts it back; \\verify --schema lists what is set aside.")
        }
    }
}
