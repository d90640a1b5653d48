internal import Libpq
internal import Logging
internal import Postgres
internal import Publisher
internal import Subscriber
internal import Synchronization

/// Copies parts of tables, each in one transaction of the shadow. A table is ready by a mark that commits with its rows;
/// one in several parts is marked as begun first, and as ready when all its parts are committed. What an attempt that was
/// cut off left in such a table is removed before it is copied again.
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
        outdated: Set<QualifiedName>, state: FollowedTable.State, for work: JobSession
    ) {
        self.parts = parts
        self.snapshot = snapshot
        self.interrupted = interrupted
        self.outdated = outdated
        self.state = state
        settings = work.settings
        throttle = work.throttle
        functionPath = work.functionPath
        logger = work.logger
        stop = work.stop
    }

    private static let samplePause = Duration.seconds(2)

    /// Copies them all; a table that the shadow or the source refuses is left, and the others go on.
    ///
    /// - Returns: The tables that could not be copied.
    /// - Throws: SB001 where tables were rewritten meanwhile, of which the snapshot does not show all any more.
    func run(watching store: JobStore) throws(PostgresError) -> [QualifiedName: PostgresError] {
        // Tables in several parts are emptied and marked before any of their parts.
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
        let postponed = progress.postponed.map(\.description).sorted().joined(separator: ", ")
        if !postponed.isEmpty {
            throw PostgresError(
                "truncated or rewritten after the copy's snapshot, so copied under another: \(postponed)",
                sqlState: Attempt.tablesChanged)
        }
        return progress.failed
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
            do throws(PostgresError) {
                try copyMakingRoom(part, source, shadow, progress, &meter)
            } catch  where error.sqlState == Attempt.tablesChanged {
                progress.postpone(part.table.name)
            }
        }
        try source.endTransaction()
    }

    /// Copies a part; what of the shadow refuses a row is set aside, and the part copied again. What can't be copied all the
    /// same, is the table's failure.
    private func copyMakingRoom(
        _ part: CopyPart, _ source: Source, _ shadow: Shadow, _ progress: CopyProgress,
        _ meter: inout ThrottleMeter
    ) throws(PostgresError) {
        let table = part.table.name
        var asBinary = false
        while progress.failed[table] == nil {
            let room = progress.room(table)
            var counted = (rows: 0, bytes: 0)
            do throws(PostgresError) {
                try copy(part, source, shadow, progress, &meter, asBinary: asBinary, &counted)
                return
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
                let setter = AsideSetter(
                    shadow, JobStore(shadow, slot: settings.slot), logger: logger)
                if try setter.setAside(for: error, of: table) {
                    progress.madeRoom(table)
                } else if progress.room(table) == room {
                    progress.fail(table, error.isTooLong ? try Self.tooLong(error, part.table, source) : error)
                }
            }
        }
    }

    /// A value's text is longer than a message or a string may be (1 GB: MaxAllocSize in memutils.h).
    private static func tooLong(
        _ error: PostgresError, _ table: CopyTable, _ source: Source
    ) throws(PostgresError) -> PostgresError {
        let columns = try source.columns(table.textColumns, of: table.name, longerThan: longText)
        let names = columns.map(QualifiedName.display).joined(separator: ", ")
        return PostgresError(
            "table \(table.name) has a value whose text is too long to be copied",
            detail: columns.isEmpty ? nil : "Columns with values of more than 250 MB: \(names).",
            hint:
                "A row as text may take 1 GB (a bytea takes twice its size). Shorten the value, or leave the table out: exclude_tables, \\unpublish \(table.name).",
            sqlState: error.sqlState)
    }

    /// Several of these, or one with each byte escaped, may be more than a row may take.
    private static let longText = 250_000_000

    private func copy(
        _ part: CopyPart, _ source: Source, _ shadow: Shadow, _ progress: CopyProgress,
        _ meter: inout ThrottleMeter, asBinary: Bool, _ counted: inout (rows: Int, bytes: Int)
    ) throws(PostgresError) {
        let table = part.table
        let store = JobStore(shadow, slot: settings.slot)
        try shadow.transaction { () throws(PostgresError) in
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
            guard try !source.wasRewritten(table.oid) else {
                throw PostgresError("table \(table.name) was rewritten", sqlState: Attempt.tablesChanged)
            }
            progress.add(bytes: pending.bytes, rows: count - counted.rows, to: table.name)
            // As the snapshot shows them: what becomes of them from there on is for the job to notice.
            if table.isPartitioned {
                try store.replacePartitions(of: table.name, try source.partitions(of: [table.name]))
            }
            if part.isWhole {
                try store.markCopied(
                    table.name, snapshot: snapshot.position, rows: count, bytes: target.bytes, state: state)
            }
        }
        if let total = progress.finish(part), !part.isWhole {
            try store.markCopied(
                table.name, snapshot: snapshot.position, rows: total.rows, bytes: total.bytes, state: state)
        }
    }
}
