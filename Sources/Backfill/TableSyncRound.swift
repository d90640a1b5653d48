internal import Catalog
internal import Libpq
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

    func run() throws(PostgresError) {
        guard let job = try work.store.job() else { throw Attempt.jobGone() }
        let sent = try work.sentTables()
        if try work.adopt(sent, job) { throw Attempt.newTables() }
        try createPartitions(sent)
        let waiting = try work.store.tables().filter(\.isWaiting)
        if waiting.isEmpty {
            // What waits for the stream is looked at again when that tells, or with the next round.
            try finishSchema()
            return
        }
        if try copy(waiting, job) { return }
        // Which of them fails, shows when each goes by itself.
        if waiting.count > 1 { for table in waiting { _ = try copy([table], job) } }
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
            try note(error, name, "table \(name) could not be copied")
            return false
        }
        try sync.restart()
        work.tell("copied beside the stream: \(names.map(\.description).joined(separator: ", "))")
        return true
    }

    private func note(_ error: PostgresError, _ table: QualifiedName, _ message: String) throws(PostgresError) {
        try work.store.setProblem(table, JobError(error).json ?? "{}")
        work.note("ERROR", "\(message): \(error.message)", hint: error.hint)
        work.logger.error("\(message): \(error.message)")
    }

    private func copyRows(_ tables: [FollowedTable], _ job: JobRecord) throws(PostgresError) {
        let snapshot = try SnapshotKeeper.ofTemporarySlot(work, beside: job.slot)
        let copied = try work.copyTables(tables.map(\.name))
        var schema: SchemaCopy?
        if work.settings.copySchema {
            // The keys are still to come, and the foreign keys once these tables are where the others are.
            try work.store.setStage(SchemaStage.tables.rawValue)
            let made = try SchemaCopy(
                of: copied.map(\.oid), work, snapshot: snapshot.name,
                attachesLate: !copied.contains(where: \.isPartitioned))
            try made.restoreTables()
            schema = made
        }
        try work.requireTables(tables)
        var rewritten: PostgresError?
        do throws(PostgresError) {
            try work.copyRows(copied, tables, under: snapshot, into: .catchUp)
        } catch  where error.sqlState == Attempt.tablesChanged {
            rewritten = error
        }
        snapshot.end()
        if let schema {
            try schema.restoreKeys()
            try work.store.setStage(SchemaStage.keys.rawValue)
        }
        try work.setSequences()
        if let rewritten { throw rewritten }
    }

    /// Partitions of tables that are sent as a whole are not sent themselves, but the shadow needs them for the rows.
    private func createPartitions(_ sent: [PublicationMark]) throws(PostgresError) {
        let roots = sent.filter(\.isPartitioned).map(\.table)
        guard !roots.isEmpty, work.settings.copySchema else { return }
        let troubled = Set(try work.store.tables().filter { $0.problem != nil && $0.state == .ready }.map(\.name))
        for root in roots {
            do throws(PostgresError) {
                let made = try work.createMissingPartitions(of: [root])
                if !made.needingCopy.isEmpty {
                    try work.store.setState(root, .copying)
                } else if troubled.contains(root) {
                    try work.store.setState(root, .ready)
                }
            } catch {
                guard !error.isSafeToRetry, error.origin != .interrupted else { throw error }
                guard !troubled.contains(root) else { continue }
                try note(error, root, "partitions of \(root) could not be created")
            }
        }
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
            try schema.restoreKeys()
            try work.store.setStage(SchemaStage.keys.rawValue)
        }
        guard isEven else { return }
        do throws(PostgresError) {
            try schema.restoreForeignKeys()
        } catch {
            guard !error.isSafeToRetry, error.origin != .interrupted else { throw error }
            work.warn("foreign keys could not be restored: \(error.message)", hint: error.hint)
        }
        try work.store.setStage(SchemaStage.foreignKeys.rawValue)
    }
}
