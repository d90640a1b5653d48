internal import Catalog
internal import Postgres
internal import Publisher
internal import Subscriber

/// What the engine remembers of its last look at a table's partitions.
struct PartitionLook: Sendable {
    /// Then all partitions had the files that the job knows: rows that are older were not truncated.
    var horizon: TransactionID?
    /// Changes that wait for the stream to come behind the position at which they were found: each by what it was found to be.
    var waiting: Set<String> = []
    var position = LSN.invalid
    /// When a horizon was last written down, for the next engine.
    var noted = ContinuousClock.now
}

/// Follows the partitions of a table that is sent as a whole. Which rows were a partition's, the stream does not tell, so
///
/// - a partition that is new is made here;
/// - one that was detached or dropped is detached here, and stays as a table of its own. That is exact once the stream is
///   behind it: no other partition has taken rows of its range since, or they would not have found a place beside it here;
/// - one that was rewritten kept its rows if any of them is older than the last look, or if it has none here either;
/// - whatever else happened, the whole table is copied again.
struct PartitionWatch {
    private let work: JobSession
    private let sync: TableSync?
    /// Nothing of the shadow's goes in the mode cdc without being told to.
    private let mayCopy: Bool

    /// - Parameter sync: nil where the stream has stopped at an error, so that nothing is waited for.
    init(_ work: JobSession, _ job: JobRecord, _ sync: TableSync?) {
        self.work = work
        self.sync = sync
        mayCopy = job.mode != JobSettings.Mode.cdc.rawValue
    }

    enum Outcome: Equatable {
        /// Nothing has changed, or nothing that the rows depend on.
        case asItWas
        /// Something has, and the shadow follows it.
        case followed
        /// What has changed is followed once the stream has come so far.
        case waits
    }

    /// Looks at a table, and follows what has become of its partitions.
    func follow(_ root: QualifiedName) throws(PostgresError) -> Outcome {
        let known = try work.store.partitions()[root] ?? []
        let present = try work.source.partitions(of: [root])
        let changes = PartitionChanges(known: known, present: present)
        if changes.isFirst {
            try work.store.replacePartitions(of: root, present)
        } else if let reason = changes.reasonForCopy {
            return try copyAgain(root, reason, present)
        }
        let made = try makeNew(present, known, changes, root)
        if made == .copied { return .followed }
        try work.store.note(changes.new, of: root)
        if changes.isHarmless {
            try keepHorizon(changes.unchanged, root)
            return made == .nothing && changes.new.isEmpty ? .asItWas : .followed
        }
        // What the stream stopped at was perhaps only that; if not, it comes back.
        if sync == nil, made == .partitions { return .followed }
        let found =
            changes.rewritten.map { "\($0.now.oid) in \($0.now.fileNode)" } + changes.gone.map { "without \($0.oid)" }
        let isBehind = try isStreamBehind(Set(found), root)
        for rewritten in changes.rewritten {
            switch try keptItsRows(rewritten, root, isBehind: isBehind) {
            case true?: try work.store.note([rewritten.now], of: root)
            case false?:
                return try copyAgain(root, "partition \(rewritten.now.name) was truncated, or written anew", present)
            case nil: return .waits
            }
        }
        guard !changes.gone.isEmpty else { return .followed }
        return try detach(changes, present, root, isBehind: isBehind)
    }

    /// The youngest horizon proves the most. It is written down now and then only.
    private func keepHorizon(_ unchanged: [Partition], _ root: QualifiedName) throws(PostgresError) {
        guard let sync, let horizon = unchanged.first?.horizon else { return }
        var look = PartitionLook(horizon: horizon)
        look.noted = sync.look(at: root).noted
        if look.noted.duration(to: .now) > Self.noteInterval {
            try work.store.note(unchanged, of: root)
            look.noted = .now
        }
        keep(look, root)
    }

    private static let noteInterval = Duration.seconds(600)

    private func keep(_ look: PartitionLook, _ root: QualifiedName) { sync?.keep(look, of: root) }

    /// Whether the stream is behind what was found.
    func isStreamBehind(
        _ found: Set<String>, _ root: QualifiedName
    ) throws(PostgresError) -> Bool {
        guard let sync else { return false }
        var look = sync.look(at: root)
        if look.waiting != found {
            look.waiting = found
            look.position = try work.source.sourcePosition()
            keep(look, root)
        }
        return try work.store.job()?.appliedLSN ?? .invalid >= look.position
    }

    // MARK: New partitions

    private enum Made {
        case nothing, partitions
        /// The whole table is to be copied for it.
        case copied
    }

    /// Makes partitions that the shadow lacks.
    private func makeNew(
        _ present: [Partition], _ known: [FollowedPartition], _ changes: PartitionChanges, _ root: QualifiedName
    ) throws(PostgresError) -> Made {
        do throws(PostgresError) {
            let missing = try work.missingPartitions(present)
            let ours = Set(known.filter(\.isDetached).map(\.name) + (try work.store.tables().map(\.name)))
            for partition in missing {
                guard let table = try work.shadow.relation(partition.name), try work.shadow.hasRows(table) else {
                    continue
                }
                guard ours.contains(partition.name) else { throw JobSession.foreignRows(partition.name) }
                _ = try copyAgain(root, "\(partition.name) is a partition again", present)
                return .copied
            }
            try work.create(missing)
            return missing.isEmpty ? .nothing : .partitions
        } catch {
            guard !changes.gone.isEmpty, !error.isSafeToRetry, error.origin != .interrupted else { throw error }
            _ = try copyAgain(root, "partitions have taken the place of others", present)
            return .copied
        }
    }

    // MARK: Rewritten partitions

    /// Nil where that shows once the stream has come so far.
    private func keptItsRows(
        _ rewritten: PartitionChanges.Rewritten, _ root: QualifiedName, isBehind: Bool
    ) throws(PostgresError) -> Bool? {
        // The later the moment, the more rows are older; partitions that came since have no place in that look.
        let horizon = rewritten.horizon.map { sync?.look(at: root).horizon ?? $0 }
        if let horizon, try work.source.showsRow(of: rewritten.now.name, writtenBefore: horizon) { return true }
        guard sync != nil else { return false }
        guard isBehind else { return nil }
        guard let here = try work.shadow.relation(rewritten.now.name) else { return false }
        return try !work.shadow.hasRows(here)
    }

    // MARK: Partitions that have gone

    private func detach(
        _ changes: PartitionChanges, _ present: [Partition], _ root: QualifiedName, isBehind: Bool
    ) throws(PostgresError) -> Outcome {
        let names = changes.gone.map(\.name)
        let list = names.map(\.description).joined(separator: ", ")
        let here = try work.shadow.attachments(below: [root])
        // Before 15 a walsender that has sent rows of a partition goes on to send them as the root's when it is detached
        // (rel_sync_cache_relation_cb in pgoutput.c); after a copy another one sends.
        let isTold = work.source.serverVersion.major >= 15
        guard isTold, mayCopy, sync != nil, work.settings.copySchema, !present.contains(where: \.isDefault),
            Set(names).isSubset(of: here.map(\.name))
        else { return try copyAgain(root, "no partition any more: \(list)", present) }
        guard isBehind else { return .waits }
        var isDone = false
        do throws(PostgresError) {
            isDone = try work.shadow.transaction { () throws(PostgresError) in
                // The stream waits from here on, and so shows all partitions that have had rows so far.
                try work.shadow.lockBriefly(root)
                let known = try work.store.partitions()[root] ?? []
                let now = try work.source.partitions(of: [root])
                let again = PartitionChanges(known: known, present: now)
                guard again.gone == changes.gone, again.reasonForCopy == nil, try work.missingPartitions(now).isEmpty,
                    !now.contains(where: \.isDefault)
                else { return false }
                // Those below one that goes stay where they are.
                for partition in here where names.contains(partition.name) && !names.contains(partition.parent) {
                    try work.shadow.detach(partition)
                }
                try work.store.setDetached(of: root, changes.gone.map(\.oid))
                return true
            }
        } catch  where error.sqlState == .lockNotAvailable {}
        guard isDone else { return .waits }
        keep(PartitionLook(), root)
        work.tell(
            "detached or dropped on the source: \(list), no partition of \(root) any more; in the shadow it stays as a table of its own"
        )
        return .followed
    }

    // MARK: The whole table

    private func copyAgain(
        _ root: QualifiedName, _ reason: String, _ present: [Partition]
    ) throws(PostgresError) -> Outcome {
        guard mayCopy else {
            try work.store.replacePartitions(of: root, present)
            work.warn("\(reason): \(root) may differ", hint: "Copy it again with \\backfill resync \(root).")
            return .followed
        }
        try work.store.setState(root, .copying)
        keep(PartitionLook(), root)
        work.tell("\(reason): \(root) is copied again, as the stream tells nothing of its partitions")
        return .followed
    }
}
