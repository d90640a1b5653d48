internal import Catalog
internal import Job
internal import Postgres

extension JobRecord {
    /// Throws where a server is not the job's source.
    func requireSource(_ identity: ServerIdentity) throws(PostgresError) {
        guard systemIdentifier == identity.systemIdentifier, database == identity.database else {
            throw JobFault.otherSource(
                self, database: identity.database, systemIdentifier: identity.systemIdentifier)
        }
    }
}
