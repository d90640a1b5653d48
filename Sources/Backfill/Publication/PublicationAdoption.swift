internal import Catalog
internal import Job
internal import Postgres
internal import Publisher
internal import Subscriber

/// Takes changes of the publication into the job.
struct PublicationAdoption {
    private let session: JobSession
    private var store: JobStore { session.store }

    init(_ session: JobSession) { self.session = session }

    /// The tables that the publication sends now. Throws where the publication does not exist any more.
    func sentTables() throws(PostgresError) -> [SentTable] {
        let publication = session.settings.publication
        guard let sent = try session.source.sentTables(of: publication) else {
            throw JobFault.publicationIsGone(publication)
        }
        return sent
    }

    /// Takes tables that have come, gone or changed into the job, where they wait for their copy. True where a job that
    /// copies nothing has to begin again for it.
    func adopt(_ sent: [SentTable], _ job: JobRecord) throws(PostgresError) -> Bool {
        let followed = try store.tables()
        // A table that has another name is the same table; the thread that watches the schema renames it.
        let renames = TableRenames(
            try store.shapes(), names: Dictionary(sent.map { ($0.oid, $0.table) }) { first, _ in first }
        ).names
        let changes = PublicationChanges(
            followed: followed.filter { !renames.from.contains($0.name) },
            sent: sent.filter { !renames.to.contains($0.table) })
        for table in changes.identified { try store.setFingerprint(table.table, table.fingerprint) }
        guard !changes.isEmpty else { return false }
        for name in changes.removed {
            try store.setUnpublished(name)
            session.journal.log(
                "\(name) is not in the publication any more: it is no longer followed, and stays in the shadow as it is"
            )
        }
        guard job.mode.copies else {
            // No row of the shadow goes in this mode unless somebody asks for it.
            for table in changes.changed {
                try store.setFollowed(table.table, table.fingerprint)
                session.journal.warn(
                    "\(table.table) was out of the publication, or is sent otherwise: changes may be missing",
                    hint: "Copy it again with \\backfill resync \(table.table).")
            }
            return !changes.added.isEmpty
        }
        for table in changes.changed {
            try store.setCopying(table.table, table.fingerprint)
            session.journal.log(
                "\(table.table) was out of the publication, or is sent otherwise: it is copied again")
        }
        try add(changes.added, followed)
        return false
    }

    private func add(_ added: [SentTable], _ followed: [FollowedTable]) throws(PostgresError) {
        guard !added.isEmpty else { return }
        // Rows of a table that is sent in other parts than before are the job's, not somebody else's.
        let partitions = try session.source.partitions(of: followed.map(\.name) + added.map(\.table))
        let known = Set(followed.map(\.name))
        let holdsOwnRows = { (table: SentTable) in
            partitions.contains { $0.name == table.table && known.contains($0.root) }
                || partitions.contains { $0.root == table.table && known.contains($0.name) }
        }
        try store.insert(added.filter { !holdsOwnRows($0) }.map { ($0.table, $0.fingerprint) }, state: .pending)
        try store.insert(added.filter(holdsOwnRows).map { ($0.table, $0.fingerprint) }, state: .copying)
        let names = added.map(\.table.description).joined(separator: ", ")
        session.journal.log("came to the publication and is followed from now on: \(names)")
    }
}
