internal import Catalog
internal import Job
internal import Logging
internal import Postgres
internal import Subscriber

/// Copies the rows of tables under a snapshot, several tables and parts of tables at a time.
struct TableCopy {
    private let session: JobSession

    init(_ session: JobSession) { self.session = session }

    /// Each failure is recorded with its table.
    ///
    /// - Parameters:
    ///   - states: of the same tables.
    ///   - besideStream: the stream has yet to bring them to where the others are.
    /// - Throws: the first error where no table could be copied.
    func run(
        _ tables: [CopyTable], _ states: [FollowedTable], under snapshot: SnapshotKeeper, besideStream: Bool
    ) throws(PostgresError) -> CopyOutcome {
        guard !tables.isEmpty else { return CopyOutcome() }
        try ShadowTables(session).makeRoom(for: tables)
        let parts = CopyPlan.parts(
            of: tables, jobs: session.settings.jobs, canDivide: session.source.serverVersion.major >= 14)
        let workers = CopyWorkers(
            parts, snapshot: (snapshot.name, snapshot.position),
            interrupted: Set(states.filter { $0.state == .copying }.map(\.name)),
            outdated: Set(states.filter { $0.bytesCopied > 0 || $0.rowsCopied > 0 }.map(\.name)),
            state: besideStream ? .catchUp(snapshot.position) : .ready(snapshot.position), for: session)
        let outcome = try workers.run(recordingIn: session.store)
        // Where nothing could be copied there is nothing to go on with.
        if outcome.failed.count == tables.count, let first = outcome.failed.min(by: { $0.key < $1.key }) {
            throw first.value
        }
        for (table, error) in outcome.failed.sorted(by: { $0.key < $1.key }) {
            try session.journal.problem(error, of: table, "table \(table) could not be copied")
        }
        session.journal.logger.info("copied \(tables.count - outcome.failed.count - outcome.rewritten.count) tables")
        return outcome
    }
}
