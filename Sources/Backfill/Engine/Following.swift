internal import Catalog
internal import Job
internal import Libpq
internal import Postgres
internal import Publisher
internal import Subscriber

/// The stream's phases: opens the sessions that the loop owns, begins again where tables were copied beside it, and explains what
/// the shadow has refused.
final class Following {
    enum Outcome {
        case stopped
        /// The position that was asked for.
        case reached
        case rerun(Rerun)
    }

    private let session: JobSession
    private let monitor: SourceMonitor
    private let counters: EngineCounters
    /// A transaction of the source is in the shadow.
    private(set) var hasApplied = false
    private var hasStreamed = false

    init(_ session: JobSession, _ monitor: SourceMonitor, counters: EngineCounters) {
        self.session = session
        self.monitor = monitor
        self.counters = counters
    }

    /// Follows the slot until the position; with nil until stopped, with the publication followed beside it.
    func run(until target: LSN?) throws(PostgresError) -> Outcome {
        let watch =
            target == nil
            ? try PublicationWatch(
                session.settings, throttle: session.throttle, logger: session.journal.logger) : nil
        defer { watch?.end() }
        let schema = try SchemaWatch(
            session.settings, beside: watch?.requests, throttle: session.throttle, logger: session.journal.logger)
        defer { schema.end() }
        do throws(PostgresError) {
            while true {
                switch try stream(until: target, watch?.requests, schema.requests) {
                case .restarts: continue
                case .stopped: return .stopped
                case .reached: return .reached
                case .rerun(let rerun): return .rerun(rerun)
                }
            }
        } catch {
            schema.end()
            watch?.end()
            guard let rerun = try RefusalExplanation(session).explain(error) else { throw error }
            return .rerun(rerun)
        }
    }

    private func stream(
        until target: LSN?, _ requests: StreamRequests?, _ schema: SchemaRequests
    ) throws(PostgresError) -> StreamLoop.Outcome {
        do throws(PostgresError) {
            try schema.rest(session.stop)
            let loop = try open(requests, schema, target)
            defer { if loop.hasApplied { hasApplied = true } }
            // It ends between transactions, so the sessions that it uses do not wait on `stop`.
            let outcome = try session.shielded { () throws(PostgresError) in try loop.run() }
            if case .stopped = outcome { post("stopping at \(loop.durablePosition)") }
            return outcome
        } catch  where error.origin == .interrupted && session.stop.isFired {
            // Before it has begun nothing is open either.
            return .stopped
        }
    }

    private func open(
        _ requests: StreamRequests?, _ schema: SchemaRequests, _ target: LSN?
    ) throws(PostgresError) -> StreamLoop {
        let control = session.shadow
        // What is asked for later is not in the state that is read now.
        let answersRestart = requests?.restarts ?? false
        let job = try session.currentJob()
        let tables = try session.store.tables()
        let shapes = try session.store.shapes()
        guard let applied = job.appliedLSN else { throw JobFault.unknownStart(job) }
        let streamed = tables.filter(\.isStreamed)
        try ShadowTables(session).requireInert(streamed.map(\.name))
        try loosenIdentity(streamed)
        let shadow = try Shadow(
            session.settings.shadow, as: "apply", slot: session.settings.slot, interrupt: session.stop)
        _ = try shadow.becomeReplica()
        try shadow.resolveFunctions(by: session.functionPath)
        try control.listen()
        var start = StreamPositions.Start(job: applied, lastCommit: job.commitLSN ?? .invalid)
        for table in tables {
            if case .catchUp(let snapshot) = table.state { start.catchingUp[table.name] = snapshot }
        }
        let stream = try openStream(job, from: start.stream, isAgain: hasStreamed)
        hasStreamed = true
        let loop = StreamLoop(
            stream, try RowApplier(shadow, slot: job.slot, defersConstraints: !session.silencesTriggers),
            control: control, session.store, StreamPositions(start, try limits()),
            RelationRoutes(
                control, tables, shapes, requests: requests, schema: schema, asksAboutUnknown: !job.mode.copies),
            PartitionSightings(try session.store.partitions()), target: target, requests: requests,
            schema: schema, stop: session.stop, counters: counters)
        requests?.haveStarted(again: answersRestart)
        post("streaming from \(start.stream)")
        return loop
    }

    private func limits() throws(PostgresError) -> StreamPositions.Limits {
        var limits = StreamPositions.Limits()
        limits.batch = session.settings.applyBatchMilliseconds
        limits.status = min(10_000, (try session.source.senderTimeout() ?? 30_000) / 3)
        return limits
    }

    /// - Parameter isAgain: this attempt streamed a moment ago; the source may not have noticed yet that it does not any more.
    private func openStream(_ job: JobRecord, from start: LSN, isAgain: Bool) throws(PostgresError) -> WALStream {
        var tries = 0
        while true {
            let replication = try ReplicationSession(session.settings.source, as: "stream", interrupt: session.stop)
            do throws(PostgresError) {
                return try replication.stream(slot: job.slot, publication: job.publication, from: start)
            } catch {
                tries += 1
                guard isAgain, tries < 100, error.sqlState == .objectInUse else { throw error }
            }
            try Wait.pause(milliseconds: 100, interrupt: session.stop)
        }
    }

    /// An identity column that is GENERATED ALWAYS refuses an UPDATE of its value, so it is BY DEFAULT while the job
    /// follows; its original kind is noted in the same transaction.
    private func loosenIdentity(_ tables: [FollowedTable]) throws(PostgresError) {
        for table in tables {
            let columns = try session.shadow.alwaysIdentityColumns(table.name)
            guard !columns.isEmpty else { continue }
            try session.shadow.transaction { () throws(PostgresError) in
                try session.store.setIdentityColumns(
                    table.name, Array(Set(columns.map(\.name)).union(table.identityColumns)).sorted())
                try session.shadow.loosenIdentity(columns)
            }
        }
    }

    private func post(_ message: String) { monitor.link.post(JobEvent(.log, message)) }
}
