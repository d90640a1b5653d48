internal import Catalog
internal import Job
internal import Postgres
internal import Publisher
internal import Subscriber

/// Follows the partitions of a table that is sent as a whole. The stream does not say which of them a row belongs to, so
///
/// - a partition that is new is made here;
/// - one that was detached or dropped is detached here, and stays as a table of its own. That is exact once the stream
///   is past it: no other partition has taken rows of its range since, or they would not have found a place beside it
///   here;
/// - one that was rewritten kept its rows if any of them is older than the last poll, or if it has none here either;
/// - after any other change the whole table is copied again.
struct PartitionWatch {
    private let session: JobSession
    private let placement: PartitionPlacement
    private let polls: PartitionPolls?
    /// No row of the shadow goes in the mode cdc unless somebody asks for it.
    private let mayCopy: Bool
    private let applied: LSN

    /// - Parameters:
    ///   - job: as it stood before anything else was read.
    ///   - polls: nil where the stream has stopped at an error, so that nothing is waited for.
    init(_ session: JobSession, _ job: JobRecord, _ polls: PartitionPolls?) {
        self.session = session
        mayCopy = job.mode.copies
        applied = job.appliedLSN ?? .invalid
        self.polls = polls
        placement = PartitionPlacement(session)
    }

    enum Outcome: Equatable {
        /// Nothing has changed, or nothing that the rows depend on.
        case asItWas
        /// Something has changed, and the shadow follows it.
        case followed
        /// The change is followed once the stream has come so far.
        case waits
    }

    /// Polls a table's partitions, and follows their changes.
    func follow(_ root: QualifiedName) throws(PostgresError) -> Outcome {
        let known = try session.store.partitions()[root] ?? []
        let present = try session.source.partitions(of: [root])
        let changes = PartitionChanges(known: known, present: present)
        if changes.isFirst {
            try session.store.replacePartitions(of: root, present)
        } else if let reason = changes.reasonForCopy {
            return try copyAgain(root, reason, present)
        }
        let made = try makeNew(present, known, changes, root)
        if made == .copied { return .followed }
        try session.store.note(changes.new, of: root)
        if changes.isHarmless {
            try keepHorizon(changes.unchanged, root)
            return made == .nothing && changes.new.isEmpty ? .asItWas : .followed
        }
        // The stream has perhaps stopped at this alone; if not, the error comes again.
        if polls == nil, made == .partitions { return .followed }
        let found =
            changes.rewritten.map { "\($0.now.oid) in \($0.now.fileNode)" } + changes.gone.map { "without \($0.oid)" }
        let isPast = try polls?.isStreamPast(Set(found), of: root, applied: applied, session.source) ?? false
        for rewritten in changes.rewritten {
            switch try keptItsRows(rewritten, root, isPast: isPast) {
            case true?: try session.store.note([rewritten.now], of: root)
            case false?:
                return try copyAgain(root, "partition \(rewritten.now.name) was truncated, or written anew", present)
            case nil: return .waits
            }
        }
        guard !changes.gone.isEmpty else { return .followed }
        return try detach(changes, present, root, isPast: isPast)
    }

    /// The youngest horizon proves the most. It is written down now and then only.
    private func keepHorizon(_ unchanged: [Partition], _ root: QualifiedName) throws(PostgresError) {
        guard let polls, let horizon = unchanged.first?.horizon else { return }
        var poll = PartitionPoll(horizon: horizon)
        poll.noted = polls[root].noted
        if poll.noted.duration(to: .now) > Self.noteInterval {
            try session.store.note(unchanged, of: root)
            poll.noted = .now
        }
        polls[root] = poll
    }

    private static let noteInterval = Duration.seconds(600)

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
            let missing = try placement.missing(present)
            let own = Set(known.filter(\.isDetached).map(\.name) + (try session.store.tables().map(\.name)))
            for partition in missing {
                guard let table = try session.shadow.relation(partition.name), try session.shadow.hasRows(table) else {
                    continue
                }
                guard own.contains(partition.name) else { throw JobFault.foreignRows([partition.name]) }
                _ = try copyAgain(root, "\(partition.name) is a partition again", present)
                return .copied
            }
            try placement.create(missing)
            return missing.isEmpty ? .nothing : .partitions
        } catch {
            guard !changes.gone.isEmpty, !error.isSafeToRetry, error.origin != .interrupted else { throw error }
            _ = try copyAgain(root, "partitions have taken the place of others", present)
            return .copied
        }
    }

    // MARK: Rewritten partitions

    /// Nil where that is known only once the stream has come so far.
    private func keptItsRows(
        _ rewritten: PartitionChanges.Rewritten, _ root: QualifiedName, isPast: Bool
    ) throws(PostgresError) -> Bool? {
        // The later the moment, the more rows are older; partitions that came since were not in that poll.
        let horizon = rewritten.horizon.map { polls?[root].horizon ?? $0 }
        if let horizon, try session.source.showsRow(of: rewritten.now.name, writtenBefore: horizon) { return true }
        guard polls != nil else { return false }
        guard isPast else { return nil }
        guard let here = try session.shadow.relation(rewritten.now.name) else { return false }
        return try !session.shadow.hasRows(here)
    }

    // MARK: Partitions that have gone

    private func detach(
        _ changes: PartitionChanges, _ present: [Partition], _ root: QualifiedName, isPast: Bool
    ) throws(PostgresError) -> Outcome {
        let names = changes.gone.map(\.name)
        let list = names.map(\.description).joined(separator: ", ")
        let here = try session.shadow.attachments(below: [root])
        // Before 15 a walsender that has sent rows of a partition goes on to send them as the root's when it is detached
        // (rel_sync_cache_relation_cb in pgoutput.c); after a copy another one sends.
        let isTold = session.source.serverVersion.major >= 15
        guard isTold, mayCopy, polls != nil, session.settings.copySchema, !present.contains(where: \.isDefault),
            Set(names).isSubset(of: here.map(\.name))
        else { return try copyAgain(root, "no partition any more: \(list)", present) }
        guard isPast else { return .waits }
        var isDone = false
        do throws(PostgresError) {
            isDone = try session.shadow.transaction { () throws(PostgresError) in
                // The stream waits from here on, and so shows all partitions that have had rows so far.
                try session.shadow.lockBriefly(root)
                let known = try session.store.partitions()[root] ?? []
                let now = try session.source.partitions(of: [root])
                let again = PartitionChanges(known: known, present: now)
                guard again.gone == changes.gone, again.reasonForCopy == nil, try placement.missing(now).isEmpty,
                    !now.contains(where: \.isDefault)
                else { return false }
                // Those below one that goes stay where they are.
                for partition in here where names.contains(partition.name) && !names.contains(partition.parent) {
                    try session.shadow.detach(partition)
                }
                try session.store.setDetached(of: root, changes.gone.map(\.oid))
                return true
            }
        } catch  where error.sqlState == .lockNotAvailable {}
        guard isDone else { return .waits }
        polls?[root] = PartitionPoll()
        session.journal.log(
            "detached or dropped on the source: \(list), no partition of \(root) any more; in the shadow it stays as a table of its own"
        )
        return .followed
    }

    // MARK: The whole table

    private func copyAgain(
        _ root: QualifiedName, _ reason: String, _ present: [Partition]
    ) throws(PostgresError) -> Outcome {
        guard mayCopy else {
            try session.store.replacePartitions(of: root, present)
            session.journal.warn("\(reason): \(root) may differ", hint: "Copy it again with \\backfill resync \(root).")
            return .followed
        }
        try session.store.setCopying(root)
        polls?[root] = PartitionPoll()
        session.journal.log("\(reason): \(root) is copied again, as the stream reports nothing of its partitions")
        return .followed
    }
}
