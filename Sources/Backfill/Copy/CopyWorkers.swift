internal import Job
internal import Libpq
internal import Logging
internal import Postgres
internal import Publisher
internal import Subscriber
internal import Synchronization

/// Copies parts of tables, each in one transaction of the shadow. The note that a table is ready commits with its rows;
/// for a table in several parts it is first noted that its copy has begun, and that it is ready when all its parts are
/// committed. Rows that an attempt which was cut off has left in such a table are removed before it is copied again.
struct CopyWorkers: Sendable {
    private let parts: [CopyPart]
    private let snapshot: (name: String, position: LSN)
    private let interrupted: Set<QualifiedName>
    /// Tables whose counters an earlier attempt has left.
    private let outdated: Set<QualifiedName>
    private let state: FollowedTable.State
    private let settings: JobSettings
    private let throttle: Throttle
    private let functionPath: String
    private let logger: Logger
    private let stop: Interrupt

    init(
        _ parts: [CopyPart], snapshot: (name: String, position: LSN), interrupted: Set<QualifiedName>,
        outdated: Set<QualifiedName>, state: FollowedTable.State, for session: JobSession
    ) {
        self.parts = parts
        self.snapshot = snapshot
        self.interrupted = interrupted
        self.outdated = outdated
        self.state = state
        settings = session.settings
        throttle = session.throttle
        functionPath = session.functionPath
        logger = session.journal.logger
        stop = session.stop
    }

    private static let samplePause = Duration.seconds(2)

    /// Copies them all; a table that the shadow or the source refuses is left, and the others go on.
    ///
    /// - Parameter store: where the progress is shown.
    func run(recordingIn store: JobStore) throws(PostgresError) -> CopyOutcome {
        // Tables in several parts are emptied, and noted as begun, before any of their parts.
        let preparer = try Shadow(settings.shadow, as: "copy", slot: settings.slot, interrupt: stop)
        _ = try preparer.becomeReplica()
        for part in parts
        where !part.isWhole && part.firstPage == 0 {
            try preparer.transaction { () throws(PostgresError) in
                if interrupted.contains(part.table.name) { _ = try preparer.empty(part.table.name) }
                try JobStore(preparer, slot: settings.slot).markCopying(part.table.name)
            }
        }
        try throttle.begin(stop)
        defer { throttle.end() }
        let group = try WorkerGroup(parts)
        let progress = CopyProgress(parts, outdated: outdated)
        try store.addCopySample(rows: 0, bytes: 0, isFirst: true)
        var sampled = ContinuousClock.now
        let copy = self
        try group.run(
            min(settings.jobs, parts.count), "copy", stop: stop,
            watch: { () throws(PostgresError) in
                try progress.report(to: store)
                guard sampled.duration(to: .now) >= Self.samplePause else { return }
                sampled = .now
                let total = progress.total
                try store.addCopySample(rows: total.rows, bytes: total.bytes)
            },
            worker: { group throws(PostgresError) in try copy.work(group, progress) })
        try progress.report(to: store)
        return CopyOutcome(failed: progress.failed, rewritten: progress.postponed.sorted())
    }

    private func work(_ group: WorkerGroup<CopyPart>, _ progress: CopyProgress) throws(PostgresError) {
        let source = try Source(settings.source, as: "copy", interrupt: group.abort)
        let shadow = try Shadow(settings.shadow, as: "copy", slot: settings.slot, interrupt: group.abort)
        _ = try shadow.becomeReplica()
        try shadow.resolveFunctions(by: functionPath)
        try shadow.commitLazily()
        try source.useSnapshot(snapshot.name)
        var meter = ThrottleMeter(throttle, interrupt: group.abort)
        while let part = group.next() {
            if try copyMakingRoom(part, source, shadow, progress, &meter) == .rewritten {
                progress.postpone(part.table.name)
            }
        }
        try source.endTransaction()
    }

    private enum Outcome {
        case ended
        /// The snapshot does not show all rows of the table any more; nothing is kept of them.
        case rewritten
    }

    private static func isToBeKept(_ outcome: Outcome) -> Bool { outcome == .ended }

    /// Copies a part. The object of the shadow that refuses a row is set aside, and the part copied again; if that does
    /// not help, the table has failed.
    private func copyMakingRoom(
        _ part: CopyPart, _ source: Source, _ shadow: Shadow, _ progress: CopyProgress,
        _ meter: inout ThrottleMeter
    ) throws(PostgresError) -> Outcome {
        let table = part.table.name
        var asBinary = false
        while progress.failed[table] == nil {
            let room = progress.room(table)
            var counted = (rows: 0, bytes: 0)
            do throws(PostgresError) {
                return try copy(part, source, shadow, progress, &meter, asBinary: asBinary, &counted)
            } catch {
                guard error.isRefusal else { throw error }
                progress.add(bytes: -counted.bytes, rows: -counted.rows, to: table)
                // The source's transaction may have failed with its COPY; the snapshot is still there.
                try source.endTransaction()
                try source.useSnapshot(snapshot.name)
                if error.isTooLong, !asBinary, part.table.hasBinaryForm {
                    asBinary = true
                    continue
                }
                let store = JobStore(shadow, slot: settings.slot)
                if try AsideSetter(store, Journal(store, logger: logger)).setAside(for: error, of: table) {
                    progress.madeRoom(table)
                } else if progress.room(table) == room {
                    progress.fail(table, error.isTooLong ? try Self.tooLong(error, part.table, source) : error)
                }
            }
        }
        return .ended
    }

    /// A value's text is longer than a message or a string may be (1 GB: MaxAllocSize in memutils.h).
    private static func tooLong(
        _ error: PostgresError, _ table: CopyTable, _ source: Source
    ) throws(PostgresError) -> PostgresError {
        let columns = try source.columns(table.textColumns, of: table.name, longerThan: longText)
        return JobFault.valueIsTooLong(table.name, columns: columns, error.sqlState)
    }

    /// Several of these, or one with each byte escaped, may be more than a row may take.
    private static let longText = 250_000_000

    private func copy(
        _ part: CopyPart, _ source: Source, _ shadow: Shadow, _ progress: CopyProgress,
        _ meter: inout ThrottleMeter, asBinary: Bool, _ counted: inout (rows: Int, bytes: Int)
    ) throws(PostgresError) -> Outcome {
        let table = part.table
        let store = JobStore(shadow, slot: settings.slot)
        let outcome = try shadow.transaction(where: Self.isToBeKept) { () throws(PostgresError) -> Outcome in
            let frozen = part.isWhole ? try shadow.empty(table.name) : false
            var target = try CopyIn(table.name, columns: table.columns, frozen: frozen, asBinary: asBinary, on: shadow)
            let rows = CopyOut(
                table: table.name, columns: table.columns,
                pages: part.isWhole ? nil : (first: part.firstPage, end: part.endPage), filter: table.filter,
                isPartitioned: table.isPartitioned, asBinary: asBinary)
            var pending = (rows: 0, bytes: 0)
            // When throttled, small steps are reported too.
            let report = { (counted: inout (rows: Int, bytes: Int)) in
                progress.add(bytes: pending.bytes, rows: pending.rows, to: table.name)
                counted.rows += pending.rows
                counted.bytes += pending.bytes
                pending = (0, 0)
            }
            try unsafe rows.run(on: source) { row throws(PostgresError) in
                pending.rows += 1
                pending.bytes += row.count
                try unsafe target.append(row)
                let isHeldUp = try meter.count(bytes: row.count)
                if isHeldUp || pending.bytes > 1 << 18 { report(&counted) }
            }
            let count = try target.finish()
            if try source.wasRewritten(table.oid) { return .rewritten }
            progress.add(bytes: pending.bytes, rows: count - counted.rows, to: table.name)
            // As the snapshot shows them: the job notices what happens to them later.
            if table.isPartitioned {
                try store.replacePartitions(of: table.name, try source.partitions(of: [table.name]))
            }
            if part.isWhole {
                try store.markCopied(table.name, state, rows: count, bytes: target.bytes)
            }
            return .ended
        }
        guard outcome == .ended else { return outcome }
        if let total = progress.finish(part), !part.isWhole {
            try store.markCopied(table.name, state, rows: total.rows, bytes: total.bytes)
        }
        return .ended
    }
}
