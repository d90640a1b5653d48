internal import Catalog
internal import Libpq
internal import Logging
internal import Postgres
internal import Publisher
internal import Subscriber

// The copy: all tables that are not ready are copied under one snapshot.
//
//   slot does not exist    it is created, and its own snapshot is used: what committed before its consistent point is in
//                          the copy, what commits after it comes with the stream
//   slot exists            an earlier attempt was cut off, or the slot was made by hand: a temporary slot gives a snapshot
//                          with a later point, and the stream leaves out, of these tables alone, what committed before it
//   mode snapshot          no slot, a transaction's snapshot
extension Attempt {
    func copy(
        _ job: JobRecord, _ mode: JobSettings.Mode, _ source: SourceSession, _ control: ShadowSession, _ store: JobStore
    ) throws(PostgresError) {
        let waiting = try store.tables().filter { $0.state != .ready }
        if waiting.isEmpty, job.schemaStage >= SchemaStage.keys.rawValue { return }
        let keeper = try makeSnapshot(job, mode, source, store)
        defer { keeper.end() }
        let tables = try copyTables(waiting.map(\.name), source)
        let everything = try copyTables(try store.tables().map(\.name), source)

        var dump: SchemaDump?
        if settings.copySchema {
            try store.setState(JobState.schema.rawValue)
            let made = try SchemaDump(
                of: everything.map(\.oid), on: source, source: settings.source, snapshot: keeper.name)
            try restore(.tables, made, control)
            dump = made
        }
        try store.setState(JobState.snapshot.rawValue)
        try requireTables(waiting, control)
        if !tables.isEmpty {
            try copyRows(tables, waiting, keeper, source, store)
            logger.info("copied \(tables.count) tables")
        }
        hasProgressed = true
        if let dump { try restoreKeys(dump, control) }
        try store.setStage(max(job.schemaStage, SchemaStage.keys.rawValue))
        try setSequences(source, control, store)
    }

    /// Restores what is left of the schema, once all tables show the same moment.
    func finishSchema(
        _ job: JobRecord, _ source: SourceSession, _ control: ShadowSession, _ store: JobStore
    ) throws(PostgresError) {
        guard job.schemaStage < SchemaStage.foreignKeys.rawValue else { return }
        if settings.copySchema {
            let tables = try copyTables(try store.tables().map(\.name), source)
            let dump = try SchemaDump(of: tables.map(\.oid), on: source, source: settings.source, snapshot: nil)
            try restore(.foreignKeys, dump, control)
        }
        try store.setStage(SchemaStage.foreignKeys.rawValue)
    }

    // MARK: Snapshot

    /// Keeps a snapshot alive as long as this value lives.
    private final class SnapshotKeeper {
        let name: String
        let position: LSN
        private var session: ReplicationSession?

        init(name: String, position: LSN, session: ReplicationSession?) {
            self.name = name
            self.position = position
            self.session = session
        }

        func end() { session = nil }
    }

    private func makeSnapshot(
        _ job: JobRecord, _ mode: JobSettings.Mode, _ source: SourceSession, _ store: JobStore
    ) throws(PostgresError) -> SnapshotKeeper {
        if mode == .snapshot {
            let keeper = try SourceSession(settings.source, as: "snapshot", interrupt: stop)
            let snapshot = try keeper.exportSnapshot()
            openSnapshot = keeper
            return SnapshotKeeper(name: snapshot.name, position: snapshot.position, session: nil)
        }
        let session = try ReplicationSession(settings.source, as: "snapshot", interrupt: stop)
        if let slot = try source.connection.replicationSlot(job.slot) {
            if job.startLSN == nil {
                try store.setStart(try Self.confirmedPosition(of: slot))
            }
            let name = String("\(job.slot)".prefix(40)) + "_copy_\(store.connection.serverProcessID)"
            let snapshot = try createSlot(session, name, temporary: true, source)
            return SnapshotKeeper(name: snapshot.name, position: snapshot.consistentPoint, session: session)
        }
        try store.noteMade(slot: true)
        let snapshot = try createSlot(session, job.slot, temporary: false, source)
        try store.setStart(snapshot.consistentPoint)
        logger.info("slot \(job.slot) created at \(snapshot.consistentPoint)")
        return SnapshotKeeper(name: snapshot.name, position: snapshot.consistentPoint, session: session)
    }

    // MARK: Schema

    private func restore(_ stage: SchemaStage, _ dump: SchemaDump, _ control: ShadowSession) throws(PostgresError) {
        let scripts = try dump.scripts(
            stage, existing: try existing(dump, control), withTriggers: firesNoTriggers(control))
        try control.restore(scripts.inOrder, from: dump.sourceVersion)
    }

    private func restoreKeys(_ dump: SchemaDump, _ control: ShadowSession) throws(PostgresError) {
        let scripts = try dump.scripts(
            .keys, existing: try existing(dump, control), withTriggers: firesNoTriggers(control))
        try IndexWorkers(settings, stop: stop).run(scripts.independent, from: dump.sourceVersion)
        try control.restore(scripts.inOrder, from: dump.sourceVersion)
        logger.info("built \(scripts.independent.count) indexes and keys")
    }

    private func existing(
        _ dump: SchemaDump, _ control: ShadowSession
    ) throws(PostgresError) -> Set<SchemaObject.Identity> {
        var existing: Set<SchemaObject.Identity> = []
        for object in try control.existingObjects(dump.identities.map(\.name)) {
            existing.insert(SchemaObject.Identity(type: object.type, name: object.identity))
        }
        return existing
    }

    /// Triggers and foreign keys are restored only where the shadow's role can keep them from firing.
    private func firesNoTriggers(_ control: ShadowSession) throws(PostgresError) -> Bool {
        if try control.becomeReplica() { return true }
        warn(
            "triggers and foreign keys are not restored",
            hint:
                "The shadow's role may not set session_replication_role: give it that right (GRANT SET ON PARAMETER session_replication_role, 15 and later) or superuser, and start anew."
        )
        return false
    }

    private func requireTables(_ tables: [FollowedTable], _ control: ShadowSession) throws(PostgresError) {
        for table in tables {
            guard let relation = try control.relation(table.name) else {
                throw PostgresError(
                    "table \(table.name) does not exist in the shadow",
                    hint: settings.copySchema
                        ? "Create it there." : "Create it there, or set copy_schema = true.", sqlState: .undefinedTable)
            }
            guard table.state == .pending, !relation.isPartitioned, try control.hasRows(table.name) else { continue }
            throw PostgresError(
                "table \(table.name) of the shadow has rows that the job did not write",
                hint: "Empty the table (TRUNCATE \(table.name)), if these rows may go.")
        }
    }

    // MARK: Rows

    /// What is to be copied of each table; in the order of the source's columns.
    private func copyTables(_ names: [QualifiedName], _ source: SourceSession) throws(PostgresError) -> [CopyTable] {
        let wanted = Set(names)
        let tables = try source.connection.tables().filter { wanted.contains($0.name) }
        let missing = wanted.subtracting(tables.map(\.name))
        guard missing.isEmpty else {
            throw PostgresError(
                "the source has no table \(missing.sorted().map(\.description).joined(separator: ", "))",
                hint: "It was dropped or renamed, or the role may not see it. \\backfill reset begins anew.",
                sqlState: .undefinedTable)
        }
        let oids = tables.map(\.oid)
        let columns = try source.connection.columns(of: oids)
        let pages = try source.pages(of: oids)
        let published = try source.connection.publishedTables(of: [settings.publication])[settings.publication] ?? []
        let publication = Dictionary(published.map { ($0.oid, $0) }) { first, _ in first }
        return tables.map { table in
            let member = publication[table.oid]
            let names = (columns[table.oid] ?? []).filter { column in
                column.generated == .no && (member?.columns?.contains(column.name) ?? true)
            }.map(\.name)
            return CopyTable(
                oid: table.oid, name: table.name, columns: names, filter: member?.rowFilter,
                isPartitioned: table.kind == .partitioned, pages: pages[table.oid] ?? 0)
        }
    }

    private func copyRows(
        _ tables: [CopyTable], _ states: [FollowedTable], _ keeper: SnapshotKeeper, _ source: SourceSession,
        _ store: JobStore
    ) throws(PostgresError) {
        let parts = CopyPlan.parts(
            of: tables, jobs: settings.jobs, canDivide: source.connection.serverVersion.major >= 14)
        let interrupted = Set(states.filter { $0.state == .copying }.map(\.name))
        let workers = CopyWorkers(
            parts, snapshot: (keeper.name, keeper.position), interrupted: interrupted, settings: settings, stop: stop)
        try workers.run(watching: store)
    }

    /// Sets the sequences to where the source's stand now; they are not part of the stream.
    func setSequences(_ source: SourceSession, _ control: ShadowSession, _ store: JobStore) throws(PostgresError) {
        let wanted = Set(try store.tables().map(\.name))
        let tables = try source.connection.tables().filter { wanted.contains($0.name) }
        // A partition takes its values from the sequence of the table above.
        let oids = Set(tables.map(\.oid)).union(tables.compactMap(\.parent))
        let sequences = try source.sequenceValues(of: Array(oids))
        let missing = try control.setSequences(sequences.values)
        if !sequences.unreadable.isEmpty {
            let names = sequences.unreadable.map(\.description).joined(separator: ", ")
            warn(
                "sequences were not set, as the source's role may not read them: \(names)",
                hint: "GRANT SELECT ON ALL SEQUENCES IN SCHEMA … TO the role.")
        }
        if !missing.isEmpty {
            warn("the shadow lacks sequences of the source: \(missing.map(\.description).joined(separator: ", "))")
        }
    }
}
