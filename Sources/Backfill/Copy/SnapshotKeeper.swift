internal import Catalog
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
    /// Transactions that committed before it are in the snapshot.
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
    static func ofNewSlot(_ session: JobSession, _ slot: String) throws(PostgresError) -> SnapshotKeeper {
        let replication = try ReplicationSession(
            session.settings.source, as: "snapshot", interrupt: session.stop)
        let snapshot = try SlotCreation(session).create(replication, slot, temporary: false)
        return SnapshotKeeper(snapshot.name, snapshot.consistentPoint, .replication(replication))
    }

    /// Of a temporary slot, which ends with the snapshot: its point lies after all that the job's own slot has sent.
    static func ofTemporarySlot(_ session: JobSession, beside slot: String) throws(PostgresError) -> SnapshotKeeper {
        let replication = try ReplicationSession(
            session.settings.source, as: "snapshot", interrupt: session.stop)
        let name = String(slot.prefix(40)) + "_copy_\(session.shadow.serverProcessID)"
        let snapshot = try SlotCreation(session).create(replication, name, temporary: true)
        return SnapshotKeeper(snapshot.name, snapshot.consistentPoint, .replication(replication))
    }

    /// Of a transaction, for a copy that no stream follows.
    static func ofTransaction(_ session: JobSession) throws(PostgresError) -> SnapshotKeeper {
        let source = try Source(session.settings.source, as: "snapshot", interrupt: session.stop)
        let snapshot = try source.exportSnapshot()
        return SnapshotKeeper(snapshot.name, snapshot.position, .transaction(source))
    }
}
