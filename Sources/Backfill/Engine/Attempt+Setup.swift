internal import Catalog
internal import Glibc
internal import Logging
internal import Postgres
internal import Preflight
internal import Publisher
internal import Subscriber

// Setup: finds the job or makes it. Nothing is changed anywhere before the source has passed its checks and the shadow's
// tables have been looked at; what is made on the source is noted in the shadow first.
extension Attempt {
    func setUp(_ work: JobSession) throws(PostgresError) -> JobRecord {
        let source = work.source
        let store = work.store
        let identity = try source.serverIdentity()
        if let job = try store.job() {
            try store.preparePartitions()
            try check(job, identity, source, store)
        } else {
            try examine(source, work.shadow, also: [])
            try store.create()
            try lock.take()
            guard try store.job() == nil else {
                throw PostgresError("another engine has set up the job meanwhile", sqlState: .objectInUse)
            }
            try store.insert(
                publication: settings.publication, mode: settings.mode.rawValue,
                systemIdentifier: identity.systemIdentifier, timeline: identity.timeline, database: identity.database)
            try lock.sign()
            tell("job of slot \(settings.slot) set up, mode \(settings.mode.rawValue)")
        }
        try store.retryTables()
        guard let job = try store.job() else { throw Self.jobGone() }
        if job.mode == JobSettings.Mode.snapshot.rawValue {
            if try store.tables().isEmpty {
                try store.insert(try followedTables(source).map { ($0, nil) }, state: .pending)
            }
            return job
        }
        if job.startLSN == nil { try makePublication(source, store) }
        try adoptNewTables(job, work)
        guard job.mode == JobSettings.Mode.cdc.rawValue, job.startLSN == nil else { return job }
        try beginWithoutCopy(work)
        guard let begun = try store.job() else { throw Self.jobGone() }
        return begun
    }

    /// What must hold before a new job changes anything: the preflight, and that the shadow's tables are empty.
    ///
    /// - Parameter others: tables that are about to be published.
    func examine(
        _ source: Source, _ control: Shadow, also others: [QualifiedName]
    ) throws(PostgresError) {
        try preflight(source, control)
        let planned = try plannedTables(source)
        if settings.mode != .cdc { try refuseRows(in: planned + others, control) }
    }

    /// The same checks as `\check`; the first fault is the error, the others its detail.
    private func preflight(_ source: Source, _ control: Shadow) throws(PostgresError) {
        let mode: Preflight.Context.Mode =
            switch settings.mode {
            case .hybrid: .hybrid
            case .snapshot: .snapshot
            case .cdc: .cdc
            }
        let report = try Preflight.run(
            Preflight.Context(
                source: .connected(source), shadow: .connected(control), mode: mode,
                slot: settings.slot, publication: settings.publication, selection: settings.selection,
                createsSchema: settings.copySchema && settings.mode != .cdc))
        let faults = report.findings.filter { $0.status == .fail }
        guard let first = faults.first else { return }
        let others = faults.dropFirst().map { "\($0.id): \($0.message)." }
        let hint = first.hint ?? "Run \\check for the details."
        let fix = first.fixSQL.map { hint.contains($0) ? "" : " " + $0 } ?? ""
        throw PostgresError(
            first.message, detail: others.isEmpty ? nil : "Also " + others.joined(separator: " "),
            hint: hint + fix)
    }

    /// What would be followed, before anything is made: of the publication, or of those that the job would publish.
    private func plannedTables(_ source: Source) throws(PostgresError) -> [QualifiedName] {
        if try source.publication(settings.publication) != nil, !selectsTablesItself {
            return try followedTables(source)
        }
        let selected = try selectedTables(source)
        let leaves = try source.partitionLeaves(of: selected.map(\.oid))
        return selected.flatMap { table in leaves[table.oid]?.map(\.name) ?? [table.name] }
    }

    /// A copy alone of tables that were named needs no publication.
    private var selectsTablesItself: Bool { settings.mode == .snapshot && settings.selection.included != [.all] }

    /// The tables that the configuration selects: not partitions whose root is among them too.
    private func selectedTables(_ source: Source) throws(PostgresError) -> [Table] {
        let all = try source.tables().filter { table in
            (table.kind == .ordinary || table.kind == .partitioned) && table.persistence == .permanent
                && settings.selection.includes(table.name) && !table.name.isState
        }
        let chosen = Set(all.map(\.oid))
        let tables = all.filter { table in table.parent.map { !table.isPartition || !chosen.contains($0) } ?? true }
        guard !tables.isEmpty else {
            throw PostgresError(
                "there is no table to follow",
                hint: "Check include_tables and exclude_tables, and that you are connected to the right database.",
                sqlState: .undefinedTable)
        }
        return tables
    }

    func followedTables(_ source: Source) throws(PostgresError) -> [QualifiedName] {
        let publication = settings.publication
        if try source.publication(publication) != nil, !selectsTablesItself {
            let published = try source.publishedTables(of: [publication])[publication] ?? []
            let tables = published.filter { !$0.name.isState }
            guard !tables.isEmpty else {
                throw PostgresError(
                    "publication \"\(publication)\" has no tables", hint: "Add some with \\publish TABLE …",
                    sqlState: .undefinedTable)
            }
            return tables.map(\.name)
        }
        let selected = try selectedTables(source)
        let leaves = try source.partitionLeaves(of: selected.map(\.oid))
        return selected.flatMap { table in leaves[table.oid]?.map(\.name) ?? [table.name] }
    }

    /// A table of the shadow that has rows which no job wrote is not overwritten.
    private func refuseRows(in tables: [QualifiedName], _ control: Shadow) throws(PostgresError) {
        var filled: [String] = []
        for name in tables {
            guard let relation = try control.relation(name) else { continue }
            guard relation.isTable else {
                throw PostgresError(
                    "\(name) of the shadow is not a table", hint: "Rename or drop it there.",
                    sqlState: SQLState("42809"))
            }
            if try control.hasRows(relation) { filled.append(name.description) }
        }
        guard !filled.isEmpty else { return }
        let names = filled.joined(separator: ", ")
        throw PostgresError(
            filled.count == 1
                ? "table \(names) of the shadow has rows that the job did not write"
                : "\(filled.count) tables of the shadow have rows that the job did not write",
            detail: filled.count == 1 ? nil : "They are \(names).",
            hint:
                "Nothing was changed. If these rows may go, TRUNCATE \(names) in the shadow, or drop; if they are the source's, follow without a copy (mode cdc).",
            sqlState: SQLState("55000"))
    }

    private func makePublication(_ source: Source, _ store: JobStore) throws(PostgresError) {
        guard try source.publication(settings.publication) == nil else { return }
        guard settings.mode != .cdc else {
            throw PostgresError(
                "publication \"\(settings.publication)\" does not exist",
                hint: "Create it with \\publish TABLE … before the changes are followed.", sqlState: .undefinedObject)
        }
        let targets = try selectedTables(source).map { PublicationTarget(TablePattern(exactly: $0.name)) }
        try store.noteMade(publication: true)
        _ = try source.publish(.tables(targets), in: settings.publication)
        tell("publication \(settings.publication) created")
    }

    /// Changes alone: the tables count as copied before the slot's first change.
    private func beginWithoutCopy(_ work: JobSession) throws(PostgresError) {
        let store = work.store
        let start: LSN
        if let slot = try work.source.replicationSlot(settings.slot) {
            start = try Self.confirmedPosition(of: slot)
        } else {
            let session = try ReplicationSession(settings.source, as: "slot", interrupt: stop)
            try store.noteMade(slot: true)
            start = try work.createSlot(session, settings.slot, temporary: false).consistentPoint
        }
        try store.setStart(start)
        try store.setStage(SchemaStage.foreignKeys.rawValue)
        for table in try store.tables() where table.state == .pending {
            try store.markCopied(table.name, snapshot: start, rows: 0, bytes: 0)
        }
    }

    /// Takes the publication's tables into the job. What comes later, the thread beside the stream takes in; a job that copies
    /// nothing, only here, so that no change is missed.
    private func adoptNewTables(_ job: JobRecord, _ work: JobSession) throws(PostgresError) {
        let sent = try work.sentTables()
        guard !sent.isEmpty else {
            throw PostgresError(
                "publication \"\(job.publication)\" has no tables", hint: "Add some with \\publish TABLE …",
                sqlState: .undefinedTable)
        }
        let known = Set(try work.store.tables().map(\.name))
        let new = sent.filter { !known.contains($0.table) }
        if job.mode == JobSettings.Mode.cdc.rawValue {
            _ = try work.adopt(sent, job)
            try work.store.insert(new.map { ($0.table, $0.mark) }, state: .ready, snapshot: job.startLSN)
        } else if job.startLSN == nil {
            try refuseRows(in: new.map(\.table), work.shadow)
            // A job that begins anew had tables before; some may have gone.
            if !known.isEmpty { _ = try work.adopt(sent, job) }
            try work.store.insert(new.map { ($0.table, $0.mark) }, state: .pending)
        }
    }

    /// The job must be of this source, and its slot as the job left it.
    private func check(
        _ job: JobRecord, _ identity: ServerIdentity, _ source: Source, _ store: JobStore
    ) throws(PostgresError) {
        try JobControl.requireSource(of: job, identity)
        guard job.publication == settings.publication else {
            throw PostgresError(
                "the job of slot \"\(job.slot)\" follows publication \"\(job.publication)\"",
                hint: "Set publication_name to it, or give this job another slot name, or run \\backfill reset.")
        }
        guard job.mode != JobSettings.Mode.snapshot.rawValue, let applied = job.appliedLSN else { return }
        guard let slot = try source.replicationSlot(job.slot) else {
            throw PostgresError(
                "replication slot \"\(job.slot)\" does not exist any more",
                detail: "The changes since \(applied) are lost with it.",
                hint: WALVerdict.again, sqlState: .undefinedObject)
        }
        let confirmed = try Self.confirmedPosition(of: slot)
        for table in try store.tables() where table.state == .catchUp && table.snapshotLSN ?? .invalid < confirmed {
            // What came between can't be had again.
            try store.setState(table.name, .copying)
        }
        guard confirmed <= applied else {
            throw PostgresError(
                "replication slot \"\(job.slot)\" has moved past the job",
                detail:
                    "The slot is at \(confirmed), the shadow at \(applied): something else used the slot, or it was created anew.",
                hint: WALVerdict.again)
        }
    }

    /// Where the slot stands.
    ///
    /// Throws 55006, which passes, while a predecessor that was killed as it created the slot has not noticed yet.
    static func confirmedPosition(of slot: ReplicationSlot) throws(PostgresError) -> LSN {
        if !slot.isLost {
            if let confirmed = slot.confirmedFlushLSN { return confirmed }
            if let holder = slot.holder, slot.isLogical {
                throw PostgresError(
                    "replication slot \"\(slot.name)\" is being created by another session",
                    detail: "It is \(holder).",
                    hint: "The server waits for the transactions that run; long ones hold it up.",
                    sqlState: .objectInUse)
            }
        }
        throw WALVerdict.lost(slot)
    }
}
