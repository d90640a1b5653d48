internal import Catalog
internal import Job
internal import Libpq
internal import Postgres
internal import Publisher
internal import Subscriber

/// Reads the publication once, and acts on its changes.
struct PublicationRound {
    enum Outcome: Equatable {
        case done
        /// Something waits for the stream, so that another round is wanted soon.
        case waits
        /// The attempt has to begin anew.
        case rerun(Rerun)
    }

    private let session: JobSession
    private let requests: StreamRequests
    private let polls = PartitionPolls()

    init(_ session: JobSession, _ requests: StreamRequests) {
        self.session = session
        self.requests = requests
    }

    /// - Parameter isAsked: somebody waits for it.
    func run(isAsked: Bool) throws(PostgresError) -> Outcome {
        guard let job = try session.store.job() else { throw JobFault.removedWhileRunning() }
        let position = try session.source.sourcePosition()
        let unknown = requests.unknownTables
        let adoption = PublicationAdoption(session)
        let sent = try adoption.sentTables()
        if try adoption.adopt(sent, job) { return .rerun(.newTables) }
        try answer(unknown)
        var isDone = try followPartitions(sent, job)
        if isDone, isAsked, sent.contains(where: \.isPartitioned) {
            try session.store.setPartitionPoll(position)
        }
        if try !followAttachments(job) { isDone = false }
        try copyWaiting(job)
        return isDone ? .done : .waits
    }

    /// The table that the stream asks about is not in the publication, or the round would have ended.
    private func answer(_ unknown: Set<QualifiedName>) throws(PostgresError) {
        for table in unknown.sorted() {
            session.journal.warn("changes of \(table) are left out, which the publication does not hold any more")
        }
        requests.answer(unpublished: unknown)
    }

    private func copyWaiting(_ job: JobRecord) throws(PostgresError) {
        let waiting = try session.store.tables().filter(\.needsCopy)
        let copy = CopyBesideStream(session, requests)
        // Work that waits for the stream is tried again when the stream answers, or with the next round.
        if waiting.isEmpty { return try copy.finishSchema() }
        if try copy.run(waiting, job) { return }
        // Copies them one at a time to find the one that fails.
        if waiting.count > 1 { for table in waiting { _ = try copy.run([table], job) } }
    }

    /// Partitions of tables that are sent as a whole are not sent themselves. False where something is still to be followed.
    private func followPartitions(_ sent: [SentTable], _ job: JobRecord) throws(PostgresError) -> Bool {
        let roots = sent.filter(\.isPartitioned).map(\.table)
        guard !roots.isEmpty else { return true }
        let watch = PartitionWatch(session, job, polls)
        // A table that is to be copied shows its partitions then.
        let ready = try session.store.tables().filter { $0.isReady && roots.contains($0.name) }
        var isFollowed = true
        for table in ready {
            do throws(PostgresError) {
                if try watch.follow(table.name) == .waits { isFollowed = false }
                if table.problem != nil { try session.store.forgetProblem(table.name) }
            } catch {
                guard !error.isSafeToRetry, error.origin != .interrupted else { throw error }
                guard table.problem == nil else { continue }
                try session.journal.problem(
                    error, of: table.name, "partitions of \(table.name) could not be followed")
            }
        }
        return isFollowed
    }

    /// Partitions that are sent as tables of their own stand in the shadow where they do on the source. False where some are
    /// still to be moved.
    private func followAttachments(_ job: JobRecord) throws(PostgresError) -> Bool {
        let attachments = Attachments(session)
        let tables = try session.store.tables().filter { !$0.lags && $0.problem == nil }
        var isDone = true
        for move in try attachments.moves(of: tables) {
            do throws(PostgresError) {
                guard
                    try polls.isStreamPast(
                        [move.description], of: move.table, applied: job.appliedLSN ?? .invalid, session.source),
                    try attachments.carryOut(move)
                else {
                    isDone = false
                    continue
                }
            } catch {
                guard !error.isSafeToRetry, error.origin != .interrupted else { throw error }
                try session.journal.problem(
                    error, of: move.table,
                    "partition \(move.table) could not be \(move.to == nil ? "detached" : "attached")")
            }
        }
        return isDone
    }
}
