internal import Catalog
internal import Job
internal import Libpq
internal import Postgres
internal import Subscriber

/// Restores the rest of the schema, once all tables show the same moment and nothing is copied beside the stream.
struct SchemaFinish {
    private let session: JobSession

    init(_ session: JobSession) { self.session = session }

    /// - Parameter schema: the one that this attempt has copied; nil to dump it anew.
    func run(_ job: JobRecord, _ schema: SchemaCopy?) throws(PostgresError) {
        guard job.schemaStage < .foreignKeys else { return }
        if session.settings.copySchema {
            let rest = if let schema { schema } else { try dump() }
            if job.schemaStage < .keys { try CopyFinish(session).finish(rest) }
            while try !rest.restoreForeignKeys() { try Wait.pause(milliseconds: 1000, interrupt: session.stop) }
        }
        try session.store.setStage(.foreignKeys)
    }

    private func dump() throws(PostgresError) -> SchemaCopy {
        let tables = try CopyTables(session).read(try session.publishedTables().map(\.name))
        return try SchemaCopy(of: tables.map(\.oid), session, snapshot: nil, attachesLate: true)
    }
}
