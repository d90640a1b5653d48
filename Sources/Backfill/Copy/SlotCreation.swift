internal import Libpq
internal import Postgres
internal import Publisher

/// Creates slots for a job.
struct SlotCreation {
    private let session: JobSession

    init(_ session: JobSession) { self.session = session }

    /// Creates a slot, and names those whom the server waits for while it does.
    func create(
        _ replication: ReplicationSession, _ name: String, temporary: Bool
    ) throws(PostgresError) -> ReplicationSession.ExportedSnapshot {
        try replication.createSlot(name, temporary: temporary) {
            // The reason is for people; without it the creation goes on all the same.
            let blockers = try? session.source.slotBlockers().prefix(3).map(\.description)
            session.journal.warn(
                "the creation of the slot waits for transactions to end",
                hint: blockers.map { "Running: " + $0.joined(separator: "; ") + "." })
        }
    }
}
