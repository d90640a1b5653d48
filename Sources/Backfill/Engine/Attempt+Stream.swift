internal import Catalog
internal import Libpq
internal import Logging
internal import Pgoutput
internal import Postgres
internal import Publisher
internal import Subscriber

// The stream's phase: opens the two sessions that the loop owns, and settles what must be settled at a clean stop.
extension Attempt {
    /// Follows the slot until stopped, with the publication looked after beside it.
    func follow(_ work: JobSession) throws(PostgresError) {
        let sync = try TableSync(settings, throttle: lock.care.throttle, logger: logger)
        try sync.start()
        do throws(PostgresError) {
            while try stream(until: nil, work, sync) != .stopped {}
        } catch {
            sync.end()
            throw try explained(error, work)
        }
        sync.end()
    }

    /// Follows the slot until the position, or until stopped.
    func stream(
        until target: LSN?, _ work: JobSession, _ sync: TableSync?
    ) throws(PostgresError) -> StreamLoop.Outcome {
        let outcome: StreamLoop.Outcome
        do throws(PostgresError) {
            let loop = try openLoop(work, sync)
            defer { if loop.hasApplied { hasProgressed = true } }
            // It ends between transactions, so the sessions that it uses do not wait on `stop`.
            outcome = try work.uninterrupted { () throws(PostgresError) in try loop.run(until: target) }
            if outcome == .stopped { tell("stopping at \(loop.applied)") }
        } catch  where error.origin == .interrupted && stop.isFired {
            // Before it has begun nothing is open either.
            return .stopped
        }
        return outcome
    }

    private func openLoop(_ work: JobSession, _ sync: TableSync?) throws(PostgresError) -> StreamLoop {
        let control = work.shadow
        let job = try current(work)
        let tables = try work.store.tables()
        guard let applied = job.appliedLSN else {
            throw PostgresError(
                "the job of slot \"\(job.slot)\" does not know where its stream begins",
                hint: "Run \\backfill reset and start anew.", sqlState: .dataCorrupted)
        }
        let start = tables.filter { $0.state == .catchUp }.compactMap(\.snapshotLSN).reduce(applied, min)
        let written = tables.filter { $0.state == .ready || $0.state == .catchUp }
        try work.requireInert(written.map(\.name))
        try loosenIdentity(written, control, work.store)
        let shadow = try Shadow(settings.shadow, as: "apply", slot: settings.slot, interrupt: stop)
        _ = try shadow.becomeReplica()
        try shadow.resolveFunctions(by: work.functionPath)
        try control.listen()
        let loop = StreamLoop(
            stream: try openStream(job, from: start, isAgain: sync?.isRestarting ?? false),
            applier: try Applier(shadow, slot: job.slot, defersConstraints: !work.silencesTriggers), control: control,
            store: work.store,
            tables: tables, partitions: try work.store.partitions(), sync: sync, start: start, job: applied,
            lastCommit: job.commitLSN ?? .invalid,
            statusInterval: min(10_000, (try work.source.senderTimeout() ?? 30_000) / 3),
            batchMilliseconds: settings.applyBatchMilliseconds, stop: stop)
        loop.counters = counters
        sync?.hasStarted()
        let copies = sync != nil && job.mode != JobSettings.Mode.cdc.rawValue
        loop.unknownTable = { [self] (name) throws(PostgresError) in
            // Its changes so far will be in its copy.
            if copies { sync?.poke() } else { try unknown(name, work) }
        }
        tell("streaming from \(start)")
        return loop
    }

    /// - Parameter isAgain: this attempt streamed a moment ago; the source may not have noticed yet that it does not any more.
    private func openStream(_ job: JobRecord, from start: LSN, isAgain: Bool) throws(PostgresError) -> WALStream {
        var tries = 0
        while true {
            let session = try ReplicationSession(settings.source, as: "stream", interrupt: stop)
            do throws(PostgresError) {
                return try session.stream(slot: job.slot, publication: job.publication, from: start)
            } catch {
                tries += 1
                guard isAgain, tries < 100, error.sqlState == .objectInUse else { throw error }
            }
            try Wait.pause(milliseconds: 100, interrupt: stop)
        }
    }

    /// A table without a place in a job that copies nothing beside its stream. If the publication holds it, the attempt ends,
    /// and the next one takes it in. If it holds it no more, its changes are history.
    private func unknown(_ name: QualifiedName, _ work: JobSession) throws(PostgresError) {
        if try work.sentTables().contains(where: { $0.table == name }) { throw Self.newTables() }
        work.warn("changes of \(name) are left out, which the publication does not hold any more")
    }

    /// What a change that does not fit comes from, and whether the next attempt finds that mended: the publication has changed
    /// (a table was out of it for a while, or is to be copied again, or the shadow lacks a new partition), or something of the
    /// shadow refuses what the source has accepted, and is set aside.
    func explained(_ error: PostgresError, _ work: JobSession) throws(PostgresError) -> PostgresError {
        guard let schema = error.schema, let table = error.table, work.shadow.isAlive else { return error }
        let name = QualifiedName(schema: schema, name: table)
        if ["23", "42"].contains(error.sqlState.classCode), try publicationExplains(error, name, work) {
            return PostgresError(
                "the publication has changed, which explains: \(error.message)", sqlState: Self.tablesChanged)
        }
        guard try work.setAside(for: error, of: name) else { return error }
        return PostgresError(
            "what refused a row of \(name) is set aside: \(error.message)", sqlState: Self.tablesChanged)
    }

    private func publicationExplains(
        _ error: PostgresError, _ name: QualifiedName, _ work: JobSession
    ) throws(PostgresError) -> Bool {
        let job = try current(work)
        guard job.mode != JobSettings.Mode.cdc.rawValue else { return false }
        let sent = try work.sentTables()
        _ = try work.adopt(sent, job)
        if try work.store.tables().contains(where: { $0.name == name && $0.isWaiting }) { return true }
        if sent.contains(where: { $0.table == name && $0.isPartitioned }),
            try PartitionWatch(work, job, nil).follow(name) == .followed
        {
            return true
        }
        guard error.sqlState.code == "23514" else { return false }
        return try work.release(name)
    }

    /// An identity column that is GENERATED ALWAYS refuses an UPDATE of its value, so it is BY DEFAULT while the job follows;
    /// what it was is noted in the same transaction.
    private func loosenIdentity(
        _ tables: [FollowedTable], _ control: Shadow, _ store: JobStore
    ) throws(PostgresError) {
        for table in tables {
            let columns = try control.alwaysIdentityColumns(table.name)
            guard !columns.isEmpty else { continue }
            try control.transaction { () throws(PostgresError) in
                try store.setIdentityColumns(
                    table.name, Array(Set(columns.map(\.name)).union(table.identityColumns)).sorted())
                try control.loosenIdentity(columns)
            }
        }
    }

    /// After a clean stop the shadow is as the source, wherever the stop has come: sequences where they stand, identity
    /// columns as they were.
    ///
    /// Throws the interruption where the job is not so far, or not this engine's; or where that can't be had just now, with
    /// a warning, as a stop is not to be lost or held up for it.
    func settleStop(_ work: JobSession) throws(PostgresError) {
        stop.clear()
        do throws(PostgresError) {
            let isSettled = try work.uninterrupted { () throws(PostgresError) in
                try work.shadow.limitLockWaits(milliseconds: 5000)
                return try settle(work)
            }
            if isSettled { return }
        } catch {
            guard error.isSafeToRetry || error.sqlState == .lockNotAvailable else { throw error }
            work.warn(
                "sequences and identity columns are not as on the source after this stop: \(error.message)",
                hint: "Start the engine and stop it again.")
        }
        throw Interrupt.error
    }

    private func settle(_ work: JobSession) throws(PostgresError) -> Bool {
        guard lock.isHeld, let job = try work.store.job(), job.isCopied || job.mode == JobSettings.Mode.cdc.rawValue
        else { return false }
        try work.setSequences()
        for table in try work.store.tables() where !table.identityColumns.isEmpty {
            try work.shadow.transaction { () throws(PostgresError) in
                try work.shadow.restoreIdentity(table.name, table.identityColumns)
                try work.store.setIdentityColumns(table.name, [])
            }
        }
        try work.store.setState(JobState.stopped.rawValue)
        return true
    }
}
