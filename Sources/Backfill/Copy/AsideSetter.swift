internal import Postgres
internal import Subscriber

/// Sets things of the shadow aside on one session, each with its note and an event.
struct AsideSetter {
    private let store: JobStore
    private let journal: Journal

    /// - Parameter journal: of the same store.
    init(_ store: JobStore, _ journal: Journal) {
        self.store = store
        self.journal = journal
    }

    init(_ session: JobSession) { self.init(session.store, session.journal) }

    /// Sets aside the object that has refused a row. False where nothing can be set aside for it.
    func setAside(for error: PostgresError, of table: QualifiedName) throws(PostgresError) -> Bool {
        guard let refusal = Refusal(error) else { return false }
        let found = try store.shadow.candidates(for: refusal, of: table, error)
        try setAside(found)
        return !found.isEmpty
    }

    func setAside(_ candidates: [SetAsideCandidate]) throws(PostgresError) {
        try store.setAside(candidates)
        for item in candidates.map(\.item) {
            journal.warn(
                "\(item.type) \(item.identity) is set aside in the shadow: \(item.reason)",
                hint: "\\backfill reset puts it back; \\verify --schema lists what is set aside.")
        }
    }
}
