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
    private let attachesLate: Bool

    /// - Parameters:
    ///   - snapshot: the moment whose schema is wanted; nil for now.
    ///   - attachesLate: partitions are attached behind their keys, which their table, if it has keys already, then takes
    ///     over instead of making its own.
    init(
        of tables: [OID], _ work: JobSession, snapshot: String?, attachesLate: Bool = false
    ) throws(PostgresError) {
        self.work = work
        self.attachesLate = attachesLate
        dump = try SchemaDump(of: tables, on: work.source, source: work.settings.source, snapshot: snapshot)
        if !work.silencesTriggers { work.warnOfTriggers() }
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
        let relations = dump.relations
        let attached = Set(relations).subtracting(try work.shadow.unattachedTables(relations))
        return try dump.scripts(
            stage, existing: existing, attached: attached, withTriggers: work.silencesTriggers,
            attachesLate: attachesLate)
    }
}
