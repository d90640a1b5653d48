internal import Catalog
internal import Job
internal import Postgres
internal import Publisher
internal import Subscriber

/// The cause of a change that the shadow did not take, and whether the next attempt finds that mended: the publication
/// has changed (a table was out of it for a while, or is to be copied again, or the shadow lacks a new partition), or
/// an object of the shadow refuses a row that the source has accepted, and is set aside.
struct RefusalExplanation {
    private let session: JobSession

    init(_ session: JobSession) { self.session = session }

    /// Nil where nothing explains it.
    func explain(_ error: PostgresError) throws(PostgresError) -> Rerun? {
        guard let schema = error.schema, let table = error.table, session.shadow.isAlive else { return nil }
        let name = QualifiedName(schema: schema, name: table)
        if ["23", "42"].contains(error.sqlState.classCode), try publicationExplains(error, name) {
            return .publicationChanged(explains: error.message)
        }
        guard try AsideSetter(session).setAside(for: error, of: name) else { return nil }
        return .setAside(table: name, refusal: error.message)
    }

    private func publicationExplains(_ error: PostgresError, _ name: QualifiedName) throws(PostgresError) -> Bool {
        let job = try session.currentJob()
        guard job.mode.copies else { return false }
        let adoption = PublicationAdoption(session)
        let sent = try adoption.sentTables()
        _ = try adoption.adopt(sent, job)
        if try session.store.tables().contains(where: { $0.name == name && $0.needsCopy }) { return true }
        if sent.contains(where: { $0.table == name && $0.isPartitioned }),
            try PartitionWatch(session, job, nil).follow(name) == .followed
        {
            return true
        }
        guard error.sqlState == .checkViolation else { return false }
        return try Attachments(session).release(name)
    }
}
