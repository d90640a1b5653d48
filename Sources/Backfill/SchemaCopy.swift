internal import Libpq
internal import Logging
internal import Postgres
internal import Publisher
internal import Subscriber

/// The schema of followed tables on its way to the shadow: one dump, restored stage by stage. What the shadow has is left
/// as it is.
final class SchemaCopy {
    private let dump: SchemaDump
    private let work: JobSession

    /// - Parameter snapshot: the moment whose schema is wanted; nil for now.
    init(of tables: [OID], _ work: JobSession, snapshot: String?) throws(PostgresError) {
        self.work = work
        dump = try SchemaDump(of: tables, on: work.source, source: work.settings.source, snapshot: snapshot)
        guard !work.silencesTriggers else { return }
        work.warn(
            "triggers, rules and foreign keys are not restored in the shadow",
            hint:
                "Its role may not set session_replication_role, so they would act on what the job writes. If they are wanted: GRANT SET ON PARAMETER session_replication_role TO the role (15 and later) or a superuser's role, and start anew."
        )
    }

    func restoreTables() throws(PostgresError) {
        try work.shadow.restore(try scripts(.tables).inOrder, from: dump.sourceVersion)
    }

    /// Keys and indexes, several at a time, and what else belongs behind the rows.
    func restoreKeys() throws(PostgresError) {
        let scripts = try scripts(.keys)
        try IndexWorkers(work.settings, stop: work.stop).run(scripts.independent, from: dump.sourceVersion)
        try work.shadow.restore(scripts.inOrder, from: dump.sourceVersion)
        work.logger.info("built \(scripts.independent.count) indexes and keys")
    }

    /// Only once all tables show the same moment.
    func restoreForeignKeys() throws(PostgresError) {
        try work.shadow.restore(try scripts(.foreignKeys).inOrder, from: dump.sourceVersion)
    }

    private func scripts(_ stage: SchemaStage) throws(PostgresError) -> (independent: [String], inOrder: String) {
        var existing: Set<SchemaObject.Identity> = []
        for object in try work.shadow.existingObjects(dump.identities.map(\.name)) {
            existing.insert(SchemaObject.Identity(type: object.type, name: object.identity))
        }
        return try dump.scripts(stage, existing: existing, withTriggers: work.silencesTriggers)
    }
}
