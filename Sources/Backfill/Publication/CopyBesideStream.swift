internal import Job
internal import Libpq
internal import Postgres
internal import Publisher
internal import Subscriber

/// Copies tables under a snapshot of their own while the stream runs, and has it take them up (`StreamRequests`).
struct CopyBesideStream {
    private let session: JobSession
    private let requests: StreamRequests

    init(_ session: JobSession, _ requests: StreamRequests) {
        self.session = session
        self.requests = requests
    }

    /// False where that failed for a reason that does not pass by itself; it is recorded with the table, if it is but one.
    func run(_ tables: [FollowedTable], _ job: JobRecord) throws(PostgresError) -> Bool {
        let names = tables.map(\.name)
        try requests.exclude(Set(names), interrupt: session.stop)
        requests.holdSlot()
        do throws(PostgresError) {
            let rewritten = Set(try copy(tables, job))
            // The stream has excluded the tables, and takes up those that were copied.
            try requests.restart(interrupt: session.stop)
            let failed = Set(try session.store.tables().filter { $0.problem != nil }.map(\.name))
            let copied = names.filter { !failed.contains($0) && !rewritten.contains($0) }
            if !copied.isEmpty {
                session.journal.log("copied beside the stream: \(copied.map(\.description).joined(separator: ", "))")
            }
            return true
        } catch {
            let passes = error.isSafeToRetry || error.origin == .interrupted || error.sqlState == .objectInUse
            if passes { throw error }
            try requests.restart(interrupt: session.stop)
            guard let name = names.first, names.count == 1 else { return false }
            try session.journal.problem(error, of: name, "table \(name) could not be copied")
            return false
        }
    }

    /// Returns the tables that were truncated or rewritten meanwhile: they wait for another round.
    private func copy(_ tables: [FollowedTable], _ job: JobRecord) throws(PostgresError) -> [QualifiedName] {
        let snapshot = try SnapshotKeeper.ofTemporarySlot(session, beside: job.slot)
        let copied = try CopyTables(session).read(tables.map(\.name))
        let rebuild = try TableRebuild(session, of: copied, under: snapshot)
        var schema: SchemaCopy?
        if session.settings.copySchema {
            // The keys are still to come, and the foreign keys once these tables are where the others are.
            try session.store.setStage(.tables)
            let placement = PartitionPlacement(session)
            try placement.align(copied)
            let made = try SchemaCopy(
                of: try placement.withPartitions(copied), session, snapshot: snapshot.name,
                attachesLate: !copied.contains(where: \.isPartitioned))
            try made.restoreTables(rebuild)
            schema = made
        }
        let names = Set(tables.map(\.name)).subtracting(schema.map { Array($0.failedTables.keys) } ?? [])
        let fillable = try session.store.tables().filter { names.contains($0.name) }
        try ShadowTables(session).require(fillable)
        try rebuild.remember(names)
        let outcome = try TableCopy(session).run(
            copied.filter { names.contains($0.name) }, fillable, under: snapshot, besideStream: true)
        snapshot.end()
        try CopyFinish(session).finish(schema)
        if schema != nil { try session.store.setStage(.keys) }
        try SequenceCopy(session).run()
        return outcome.rewritten
    }

    /// Restores keys that an engine that was killed has left out, and foreign keys once all tables show the same moment.
    func finishSchema() throws(PostgresError) {
        guard let job = try session.store.job(), job.schemaStage < .foreignKeys else { return }
        guard session.settings.copySchema else { return try session.store.setStage(.foreignKeys) }
        let tables = try session.store.tables()
        let streamed = tables.filter(\.isStreamed)
        let target = streamed.compactMap(\.state.snapshot).max() ?? .invalid
        let isEven = job.appliedLSN ?? .invalid >= target && !tables.contains(where: \.catchesUp)
        guard isEven || job.schemaStage < .keys else { return }
        let oids = try CopyTables(session).read(streamed.map(\.name)).map(\.oid)
        let schema = try SchemaCopy(of: oids, session, snapshot: nil, attachesLate: true)
        if job.schemaStage < .keys {
            try CopyFinish(session).finish(schema)
            try session.store.setStage(.keys)
        }
        // Tables that somebody keeps locked come with the next round.
        guard isEven, try schema.restoreForeignKeys() else { return }
        try session.store.setStage(.foreignKeys)
    }
}
