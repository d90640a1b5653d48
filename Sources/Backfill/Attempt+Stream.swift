internal import Catalog
internal import Libpq
internal import Logging
internal import Pgoutput
internal import Postgres
internal import Publisher
internal import Subscriber

// The stream's phase: opens the two sessions that the loop owns, and settles what must be settled at a clean stop.
extension Attempt {
    /// Follows the slot until the position, or until stopped. The loop's own connections do not wait on `stop`: it ends
    /// between transactions.
    func stream(
        until target: LSN?, _ tables: [FollowedTable], _ job: JobRecord, _ work: JobSession
    ) throws(PostgresError) -> StreamLoop.Outcome {
        let control = work.shadow
        guard let applied = job.appliedLSN else {
            throw PostgresError(
                "the job of slot \"\(job.slot)\" does not know where its stream begins",
                hint: "Run \\backfill reset and start anew.", sqlState: .dataCorrupted)
        }
        let never = try Interrupt()
        let interrupt = control.connection.interrupt
        control.connection.interrupt = never
        defer { control.connection.interrupt = interrupt }
        try work.requireInert(tables.map(\.name))
        try loosenIdentity(tables, control, work.store)
        let shadow = try ShadowSession(settings.shadow, as: "apply", slot: settings.slot, interrupt: never)
        _ = try shadow.becomeReplica()
        let replication = try ReplicationSession(settings.source, as: "stream", interrupt: stop)
        try control.connection.query("LISTEN scry_backfill")
        let loop = StreamLoop(
            stream: try replication.stream(slot: job.slot, publication: job.publication, from: applied),
            applier: try Applier(shadow, slot: job.slot), control: control, store: work.store,
            tables: tables, applied: applied, lastCommit: job.commitLSN ?? .invalid,
            statusInterval: min(10_000, (try work.source.senderTimeout() ?? 30_000) / 3),
            batchMilliseconds: settings.applyBatchMilliseconds, stop: stop)
        loop.unknownTable = { [self] (name) throws(PostgresError) in try unknown(name, work) }
        defer { if loop.hasApplied { hasProgressed = true } }
        let outcome = try loop.run(until: target)
        if outcome == .stopped {
            logger.info("stopping at \(loop.applied)")
            try settleStop(work)
        }
        return outcome
    }

    /// A table without a place in the job. If the publication holds it, it must be copied first: the attempt ends, and the
    /// next one takes it in. If it holds it no more, its changes are history.
    private func unknown(_ name: QualifiedName, _ work: JobSession) throws(PostgresError) {
        let publication = settings.publication
        let published = try work.source.connection.publishedTables(of: [publication])[publication] ?? []
        if published.contains(where: { $0.name == name }) {
            throw PostgresError("table \(name) has come to the publication", sqlState: Self.tablesChanged)
        }
        work.warn("changes of \(name) are left out, which the publication does not hold any more")
    }

    /// An identity column that is GENERATED ALWAYS refuses an UPDATE of its value, so it is BY DEFAULT while the job follows;
    /// what it was is noted in the same transaction.
    private func loosenIdentity(
        _ tables: [FollowedTable], _ control: ShadowSession, _ store: JobStore
    ) throws(PostgresError) {
        for table in tables {
            let columns = try control.alwaysIdentityColumns(table.name)
            guard !columns.isEmpty else { continue }
            try control.connection.transaction { () throws(PostgresError) in
                try store.setIdentityColumns(table.name, Array(Set(columns).union(table.identityColumns)).sorted())
                try control.setIdentity(table.name, columns, always: false)
            }
        }
    }

    /// After a clean stop the shadow is as the source: sequences where they stand, identity columns as they were.
    private func settleStop(_ work: JobSession) throws(PostgresError) {
        stop.clear()
        try work.setSequences()
        for table in try work.store.tables() where !table.identityColumns.isEmpty {
            try work.shadow.connection.transaction { () throws(PostgresError) in
                try work.shadow.setIdentity(table.name, table.identityColumns, always: true)
                try work.store.setIdentityColumns(table.name, [])
            }
        }
        try work.store.setState(JobState.stopped.rawValue)
    }
}
