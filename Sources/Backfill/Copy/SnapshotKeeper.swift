internal import Catalog
internal import Logging
internal import Postgres
internal import Publisher
internal import Subscriber

/// A snapshot of the source, kept alive by the session that exported it until `end()`.
final class SnapshotKeeper {
    private enum Session {
        /// A walsender, with the slot that it made.
        case replication(ReplicationSession)
        /// An open transaction.
        case transaction(Source)
    }

    let name: String
    /// What committed before it is in the snapshot.
    let position: LSN
    private var session: Session?

    private init(_ name: String, _ position: LSN, _ session: Session) {
        self.name = name
        self.position = position
        self.session = session
    }

    /// Lets go of the snapshot, and so of the rows that the source keeps for it.
    func end() { session = nil }

    /// Of a new slot for the job.
    static func ofNewSlot(_ work: JobSession, _ slot: String) throws(PostgresError) -> SnapshotKeeper {
        let session = try ReplicationSession(work.settings.source, as: "snapshot", interrupt: work.stop)
        let snapshot = try work.createSlot(session, slot, temporary: false)
        return SnapshotKeeper(snapshot.name, snapshot.consistentPoint, .replication(session))
    }

    /// Of a temporary slot, which ends with the snapshot: its point lies behind all that the job's own slot has sent.
    static func ofTemporarySlot(_ work: JobSession, beside slot: String) throws(PostgresError) -> SnapshotKeeper {
        let session = try ReplicationSession(work.settings.source, as: "snapshot", interrupt: work.stop)
        let name = String(slot.prefix(40)) + "_copy_\(work.store.shadow.serverProcessID)"
        let snapshot = try work.createSlot(session, name, temporary: true)
        return SnapshotKeeper(snapshot.name, snapshot.consistentPoint, .replication(session))
    }

    /// Of a transaction, for a copy that no stream follows.
    static func ofTransaction(_ work: JobSession) throws(PostgresError) -> SnapshotKeeper {
        let session = try Source(work.settings.source, as: "snapshot", interrupt: work.stop)
        let snapshot = try session.exportSnapshot()
        return SnapshotKeeper(snapshot.name, snapshot.position, .transaction(session))
    }
}

extension JobSession {
    /// Creates a slot, and names those whom the server waits for while it does.
    func createSlot(
        _ session: ReplicationSession, _ name: String, temporary: Bool
    ) throws(PostgresError) -> ReplicationSession.ExportedSnapshot {
        try session.createSlot(name, temporary: temporary) {
            // The reason is for people; without it the creation goes on all the same.
            let blockers = try? source.slotBlockers().prefix(3).map(\.description)
            warn(
                "the creation of the slot waits for transactions to end",
                hint: blockers.map { "Running: " + $0.joined(separator: "; ") + "." })
        }
    }
}
