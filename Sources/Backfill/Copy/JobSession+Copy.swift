internal import Catalog
internal import Logging
internal import Postgres
internal import Publisher
internal import Subscriber

// The parts of a copy that any thread of the engine may carry out.
extension JobSession {
    /// The tables that the publication holds, as far as the job knows.
    func followedNames() throws(PostgresError) -> [QualifiedName] {
        try store.tables().filter { $0.state != .unpublished }.map(\.name)
    }

    /// What is to be copied of each table; in the order of the source's columns.
    func copyTables(_ names: [QualifiedName]) throws(PostgresError) -> [CopyTable] {
        let wanted = Set(names)
        let tables = try source.tables().filter { wanted.contains($0.name) }
        let missing = wanted.subtracting(tables.map(\.name))
        guard missing.isEmpty else {
            throw PostgresError(
                "the source has no table \(missing.sorted().map(\.description).joined(separator: ", "))",
                hint: "It was dropped or renamed, or the role may not see it. \\backfill reset begins anew.",
                sqlState: .undefinedTable)
        }
        let oids = tables.map(\.oid)
        let columns = try source.columns(of: oids)
        let pages = try source.pages(of: oids)
        let published = try source.publishedTables(of: [settings.publication])[settings.publication] ?? []
        let publication = Dictionary(published.map { ($0.oid, $0) }) { first, _ in first }
        return tables.map { table in
            let member = publication[table.oid]
            let written = (columns[table.oid] ?? []).filter { $0.generated == .no }
            let sent = written.filter { member?.columns?.contains($0.name) ?? true }
            return CopyTable(
                oid: table.oid, name: table.name, columns: sent.map(\.name),
                unsentColumns: written.filter { !sent.contains($0) }.map(\.name),
                hasBinaryForm: sent.allSatisfy { BinaryForm.types.contains($0.type) },
                textColumns: sent.filter { BinaryForm.texts.contains($0.type) }.map(\.name), filter: member?.rowFilter,
                isPartitioned: table.kind == .partitioned, pages: pages[table.oid] ?? 0)
        }
    }

    /// The shadow must have the tables; those that the job has not begun to fill, without rows.
    func requireTables(_ tables: [FollowedTable]) throws(PostgresError) {
        for table in tables {
            guard let relation = try shadow.relation(table.name) else {
                throw PostgresError(
                    "table \(table.name) does not exist in the shadow",
                    hint: settings.copySchema
                        ? "Create it there." : "Create it there, or set copy_schema = true.", sqlState: .undefinedTable)
            }
            guard table.state == .pending, try shadow.hasRows(relation) else { continue }
            throw Self.foreignRows(table.name)
        }
        try requireInert(tables.map(\.name))
    }

    /// Nothing may act on what the job writes: triggers and rules that would are disabled; where foreign keys can't be kept
    /// silent, there may be none on the tables.
    func requireInert(_ tables: [QualifiedName]) throws(PostgresError) {
        try silence(tables)
        guard !silencesTriggers else { return }
        let acting = try shadow.actingTriggers(on: tables)
        guard !acting.isEmpty else { return }
        let list = acting.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value.joined(separator: ", "))" }
        throw PostgresError(
            "tables of the shadow have triggers, rules or foreign keys that would act on what the job writes",
            detail: "They are: \(list.joined(separator: "; ")).",
            hint:
                "Drop or disable them in the shadow, or let its role keep them silent: GRANT SET ON PARAMETER session_replication_role TO the role (15 and later), or a superuser's role."
        )
    }

    /// Copies rows, several tables and parts of tables at a time.
    ///
    /// - Parameter state: of a table whose rows are there.
    /// - Returns: The tables that could not be copied; it is noted with each, and the others go on.
    /// - Throws: the first error where that is all of them.
    func copyRows(
        _ tables: [CopyTable], _ states: [FollowedTable], under snapshot: SnapshotKeeper,
        into state: FollowedTable.State = .ready
    ) throws(PostgresError) -> [QualifiedName: PostgresError] {
        guard !tables.isEmpty else { return [:] }
        try makeRoom(for: tables)
        let parts = CopyPlan.parts(
            of: tables, jobs: settings.jobs, canDivide: source.serverVersion.major >= 14)
        let interrupted = Set(states.filter { $0.state == .copying }.map(\.name))
        let workers = CopyWorkers(
            parts, snapshot: (snapshot.name, snapshot.position), interrupted: interrupted,
            outdated: Set(states.filter { $0.bytesCopied > 0 || $0.rowsCopied > 0 }.map(\.name)), state: state,
            for: self)
        let failed = try workers.run(watching: store)
        // Where nothing could be copied there is nothing to go on with.
        if failed.count == tables.count, let first = failed.min(by: { $0.key < $1.key }) { throw first.value }
        for (table, error) in failed.sorted(by: { $0.key < $1.key }) {
            try note(error, on: table, "table \(table) could not be copied")
        }
        logger.info("copied \(tables.count - failed.count) tables")
        return failed
    }

    /// Notes what keeps a table from being copied.
    func note(_ error: PostgresError, on table: QualifiedName, _ message: String) throws(PostgresError) {
        try store.setProblem(table, JobError(error).json ?? "{}")
        note("ERROR", "\(message): \(error.message)", hint: error.hint)
        logger.error("\(message): \(error.message)")
    }
}
