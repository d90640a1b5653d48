internal import Catalog
internal import Logging
internal import Postgres
internal import Publisher
internal import Subscriber

// What becomes of the publication, taken into the job.
extension JobSession {
    /// What the publication sends now. Throws where there is none any more.
    func sentTables() throws(PostgresError) -> [PublicationMark] {
        guard let sent = try source.publicationMarks(settings.publication) else {
            throw PostgresError(
                "publication \"\(settings.publication)\" does not exist any more",
                hint: "Create it again with \\publish TABLE …", sqlState: .undefinedObject)
        }
        return sent
    }

    /// Takes what has come, gone or changed into the job, where the tables wait for their copy. True where a job that copies
    /// nothing has to begin again for it.
    func adopt(_ sent: [PublicationMark], _ job: JobRecord) throws(PostgresError) -> Bool {
        let followed = try store.tables()
        let changes = PublicationChanges(followed: followed, sent: sent)
        for mark in changes.marked { try store.setMark(mark.table, mark.mark) }
        guard !changes.isEmpty else { return false }
        for name in changes.removed {
            try store.setState(name, .unpublished)
            tell(
                "\(name) is not in the publication any more: it is no longer followed, and stays in the shadow as it is"
            )
        }
        guard job.mode != JobSettings.Mode.cdc.rawValue else {
            // Nothing of the shadow's goes in this mode without being told to.
            for mark in changes.changed {
                try store.setState(mark.table, .ready, mark: mark.mark)
                warn(
                    "\(mark.table) was out of the publication, or is sent otherwise: changes may be missing",
                    hint: "Copy it again with \\backfill resync \(mark.table).")
            }
            return !changes.added.isEmpty
        }
        for mark in changes.changed {
            try store.setState(mark.table, .copying, mark: mark.mark)
            tell("\(mark.table) was out of the publication, or is sent otherwise: it is copied again")
        }
        try add(changes.added, followed)
        return false
    }

    private func add(_ added: [PublicationMark], _ followed: [FollowedTable]) throws(PostgresError) {
        guard !added.isEmpty else { return }
        // Rows of a table that is sent in other parts than before are the job's, not somebody else's.
        let partitions = try source.partitions(of: followed.map(\.name) + added.map(\.table))
        let known = Set(followed.map(\.name))
        let isOurs = { (mark: PublicationMark) in
            partitions.contains { $0.name == mark.table && known.contains($0.root) }
                || partitions.contains { $0.root == mark.table && known.contains($0.name) }
        }
        try store.insert(added.filter { !isOurs($0) }.map { ($0.table, $0.mark) }, state: .pending)
        try store.insert(added.filter(isOurs).map { ($0.table, $0.mark) }, state: .copying)
        let names = added.map(\.table.description).joined(separator: ", ")
        tell("came to the publication and is followed from now on: \(names)")
    }
}
