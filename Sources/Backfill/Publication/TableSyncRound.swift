internal import Catalog
internal import Logging
internal import Postgres
internal import Publisher
internal import Subscriber

/// One look at the publication, and what follows from it.
struct TableSyncRound {
    private let sync: TableSync
    private let work: JobSession

    init(_ sync: TableSync, _ work: JobSession) {
        self.sync = sync
        self.work = work
    }

    /// False where something waits for the stream, so that another look is wanted soon.
    ///
    /// - Parameter isAsked: somebody waits for it.
    func run(isAsked: Bool) throws(PostgresError) -> Bool {
        guard let job = try work.store.job() else { throw Attempt.jobGone() }
        let position = try work.source.sourcePosition()
        let sent = try work.sentTables()
        if try work.adopt(sent, job) { throw Attempt.newTables() }
        var isDone = try followPartitions(sent, job)
        if isDone, isAsked, sent.contains(where: \.isPartitioned) { try work.store.setPartitionLook(position) }
        if try !followAttachments(job) { isDone = false }
        let waiting = try work.store.tables().filter(\.isWaiting)
        if waiting.isEmpty {
            // What waits for the stream is looked at again when that tells, or with the next round.
            try finishSchema()
            return isDone
        }
        if try copy(waiting, job) { return isDone }
        // Copies them one at a time to find the one that fails.
        if waiting.count > 1 { for table in waiting { _ = try copy([table], job) } }
        return isDone
    }

    /// Copies tables under a snapshot of their own and has the stream take them up. False where that failed for a reason that
    /// does not pass by itself; it is noted with the table, if it is but one.
    private func copy(_ tables: [FollowedTable], _ job: JobRecord) throws(PostgresError) -> Bool {
        let names = tables.map(\.name)
        try sync.leaveOut(Set(names))
        sync.holdSlot()
        do throws(PostgresError) {
            try copyRows(tables, job)
        } catch {
            // Rewritten while it was copied, or gone: another look tells what to do.
            let passes =
                error.isSafeToRetry || error.origin == .interrupted
                || [Attempt.tablesChanged, .objectInUse].contains(error.sqlState)
            if passes, error.sqlState != Attempt.tablesChanged { throw error }
            // The stream has left the tables out, and takes up what was copied of them.
            try sync.restart()
            if error.sqlState == Attempt.tablesChanged { return true }
            guard let name = names.first, names.count == 1 else { return false }
            try work.note(error, on: name, "table \(name) could not be copied")
            return false
        }
        try sync.restart()
        let failed = Set(try work.store.tables().filter { $0.problem != nil }.map(\.name))
        let copied = names.filter { !failed.contains($0) }
        work.tell("copied beside the stream: \(copied.map(\.description).joined(separator: ", "))")
        return true
    }

    private func copyRows(_ tables: [FollowedTable], _ job: JobRecord) throws(PostgresError) {
        let snapshot = try SnapshotKeeper.ofTemporarySlot(work, beside: job.slot)
        let copied = try work.copyTables(tables.map(\.name))
        var schema: SchemaCopy?
        if work.settings.copySchema {
            // The keys are still to come, and the foreign keys once these tables are where the others are.
            try work.store.setStage(SchemaStage.tables.rawValue)
            try work.alignPartitions(of: copied)
            let made = try SchemaCopy(
                of: try work.schemaTables(of: copied), work, snapshot: snapshot.name,
                attachesLate: !copied.contains(where: \.isPartitioned))
            try made.restoreTables()
            schema = made
        }
        let unmade = Set(schema.map { Array($0.failedTables.keys) } ?? [])
        let names = Set(tables.map(\.name)).subtracting(unmade)
        let fillable = try work.store.tables().filter { names.contains($0.name) }
        try work.requireTables(fillable)
        var rewritten: PostgresError?
        do throws(PostgresError) {
            _ = try work.copyRows(
                copied.filter { names.contains($0.name) }, fillable, under: snapshot, into: .catchUp)
        } catch  where error.sqlState == Attempt.tablesChanged {
            rewritten = error
        }
        snapshot.end()
        try work.finishCopy(schema)
        if schema != nil { try work.store.setStage(SchemaStage.keys.rawValue) }
        try work.setSequences()
        if let rewritten { throw rewritten }
    }

    /// Partitions of tables that are sent as a whole are not sent themselves. False where something is still to be followed.
    private func followPartitions(_ sent: [PublicationMark], _ job: JobRecord) throws(PostgresError) -> Bool {
        let roots = sent.filter(\.isPartitioned).map(\.table)
        guard !roots.isEmpty else { return true }
        let watch = PartitionWatch(work, job, sync)
        // A table that is to be copied shows its partitions then.
        let ready = try work.store.tables().filter { $0.state == .ready && roots.contains($0.name) }
        var isFollowed = true
        for table in ready {
            let isTroubled = table.problem != nil
            do throws(PostgresError) {
                if try watch.follow(table.name) == .waits { isFollowed = false }
                if isTroubled, try work.store.tables().contains(where: { $0.name == table.name && $0.state == .ready })
                {
                    try work.store.setState(table.name, .ready)
                }
            } catch {
                guard !error.isSafeToRetry, error.origin != .interrupted else { throw error }
                guard !isTroubled else { continue }
                try work.note(error, on: table.name, "partitions of \(table.name) could not be followed")
            }
        }
        return isFollowed
    }

    /// Partitions that are sent as tables of their own stand in the shadow where they do on the source. False where some are
    /// still to be moved.
    private func followAttachments(_ job: JobRecord) throws(PostgresError) -> Bool {
        let tables = try work.store.tables().filter { !$0.isBehind && $0.problem == nil }
        var isDone = true
        for move in try work.attachmentMoves(tables) {
            do throws(PostgresError) {
                guard try PartitionWatch(work, job, sync).isStreamBehind([move.description], move.table),
                    try work.carryOut(move)
                else {
                    isDone = false
                    continue
                }
            } catch {
                guard !error.isSafeToRetry, error.origin != .interrupted else { throw error }
                try work.note(
                    error, on: move.table,
                    "partition \(move.table) could not be \(move.to == nil ? "detached" : "attached")")
            }
        }
        return isDone
    }

    /// Restores keys that an engine that was killed has left out, and foreign keys once all tables show the same moment.
    private func finishSchema() throws(PostgresError) {
        guard let job = try work.store.job(), job.schemaStage < SchemaStage.foreignKeys.rawValue else { return }
        let tables = try work.store.tables()
        let written = tables.filter { $0.state == .ready || $0.state == .catchUp }
        guard work.settings.copySchema else {
            try work.store.setStage(SchemaStage.foreignKeys.rawValue)
            return
        }
        let target = written.compactMap(\.snapshotLSN).max() ?? .invalid
        let isEven = job.appliedLSN ?? .invalid >= target && !tables.contains { $0.state == .catchUp }
        guard isEven || job.schemaStage < SchemaStage.keys.rawValue else { return }
        let oids = try work.copyTables(written.map(\.name)).map(\.oid)
        let schema = try SchemaCopy(of: oids, work, snapshot: nil, attachesLate: true)
        if job.schemaStage < SchemaStage.keys.rawValue {
            try work.finishCopy(schema)
            try work.store.setStage(SchemaStage.keys.rawValue)
        }
        guard isEven else { return }
        // What somebody keeps locked comes with the next round.
        guard try schema.restoreForeignKeys() else { return }
        try work.store.setStage(SchemaStage.foreignKeys.rawValue)
    }
}
