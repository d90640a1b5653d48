internal import Libpq
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
    /// What an earlier attempt has told of these, is not so any more.
    private let outdated: Set<QualifiedName>
    private let state: FollowedTable.State
    private let settings: JobSettings
    private let throttle: Throttle
    private let stop: Interrupt

    init(
        _ parts: [CopyPart], snapshot: (name: String, position: LSN), interrupted: Set<QualifiedName>,
        outdated: Set<QualifiedName>, state: FollowedTable.State, settings: JobSettings, throttle: Throttle,
        stop: Interrupt
    ) {
        self.parts = parts
        self.snapshot = snapshot
        self.interrupted = interrupted
        self.outdated = outdated
        self.state = state
        self.settings = settings
        self.throttle = throttle
        self.stop = stop
    }

    private static let samplePause = Duration.seconds(2)

    func run(watching store: JobStore) throws(PostgresError) {
        // Tables in several parts are emptied and marked before any of their parts.
        let preparer = try ShadowSession(settings.shadow, as: "copy", slot: settings.slot, interrupt: stop)
        _ = try preparer.becomeReplica()
        for part in parts
        where !part.isWhole && part.firstPage == 0 {
            try preparer.connection.transaction { () throws(PostgresError) in
                if interrupted.contains(part.table.name) { _ = try preparer.empty(part.table.name) }
                try JobStore(preparer.connection, slot: settings.slot).markCopying(part.table.name)
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
    }

    private func work(_ group: WorkerGroup<CopyPart>, _ progress: CopyProgress) throws(PostgresError) {
        let source = try SourceSession(settings.source, as: "copy", interrupt: group.abort)
        let shadow = try ShadowSession(settings.shadow, as: "copy", slot: settings.slot, interrupt: group.abort)
        _ = try shadow.becomeReplica()
        try shadow.commitLazily()
        try source.useSnapshot(snapshot.name)
        var meter = ThrottleMeter(throttle, interrupt: group.abort)
        while let part = group.next() {
            do throws(PostgresError) {
                try copy(part, source, shadow, progress, &meter)
            } catch  where error.sqlState == Attempt.tablesChanged {
                progress.postpone(part.table.name)
            }
        }
        try source.endTransaction()
    }

    private func copy(
        _ part: CopyPart, _ source: SourceSession, _ shadow: ShadowSession, _ progress: CopyProgress,
        _ meter: inout ThrottleMeter
    ) throws(PostgresError) {
        let table = part.table
        let store = JobStore(shadow.connection, slot: settings.slot)
        try shadow.connection.transaction { () throws(PostgresError) in
            let frozen = part.isWhole ? try shadow.empty(table.name) : false
            var target = try CopyIn(table.name, columns: table.columns, frozen: frozen, on: shadow)
            let rows = CopyOut(
                table: table.name, columns: table.columns,
                pages: part.isWhole ? nil : (first: part.firstPage, end: part.endPage), filter: table.filter,
                isPartitioned: table.isPartitioned)
            var pending = (rows: 0, bytes: 0)
            var told = 0
            // Where the throttle holds the copy up, little shows much.
            let tell = {
                progress.add(bytes: pending.bytes, rows: pending.rows, to: table.name)
                told += pending.rows
                pending = (0, 0)
            }
            try unsafe rows.run(on: source) { row throws(PostgresError) in
                pending.rows += 1
                pending.bytes += row.count
                try unsafe target.append(row)
                let isHeldUp = try meter.count(bytes: row.count)
                if isHeldUp || pending.bytes > 1 << 18 { tell() }
            }
            let count = try target.finish()
            guard try !source.wasRewritten(table.oid) else {
                throw PostgresError("table \(table.name) was rewritten", sqlState: Attempt.tablesChanged)
            }
            progress.add(bytes: pending.bytes, rows: count - told, to: table.name)
            // As the snapshot shows them: what becomes of them from there on is for the job to notice.
            if table.isPartitioned {
                try store.replacePartitions(of: table.name, try source.connection.partitions(of: [table.name]))
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

/// How far the copy is, counted by the workers.
final class CopyProgress: Sendable {
    private struct Count {
        var rows = 0
        var bytes = 0
        var partsLeft: Int
        var isReported: Bool
    }

    private let counts: Mutex<[QualifiedName: Count]>
    private let late = Mutex<Set<QualifiedName>>([])

    /// Tables of which the snapshot does not show all any more; they stay as they are, for another copy.
    var postponed: Set<QualifiedName> { late.withLock { $0 } }
    func postpone(_ table: QualifiedName) { late.withLock { _ = $0.insert(table) } }

    /// - Parameter outdated: tables of which something is told that is not so any more.
    init(_ parts: [CopyPart], outdated: Set<QualifiedName>) {
        var counts: [QualifiedName: Count] = [:]
        for part in parts {
            counts[part.table.name] = Count(
                partsLeft: part.count, isReported: !outdated.contains(part.table.name))
        }
        self.counts = Mutex(counts)
    }

    /// Of all tables, committed or not.
    var total: (rows: Int, bytes: Int) {
        counts.withLock { counts in
            counts.values.reduce(into: (0, 0)) { total, count in
                total.0 += count.rows
                total.1 += count.bytes
            }
        }
    }

    func add(bytes: Int, rows: Int, to table: QualifiedName) {
        counts.withLock { counts in
            counts[table]?.bytes += bytes
            counts[table]?.rows += rows
            counts[table]?.isReported = false
        }
    }

    /// Notes that a part is committed; the table's totals if it was the last.
    func finish(_ part: CopyPart) -> (rows: Int, bytes: Int)? {
        counts.withLock { counts in
            guard var count = counts[part.table.name] else { return nil }
            count.partsLeft -= 1
            counts[part.table.name] = count
            return count.partsLeft == 0 ? (count.rows, count.bytes) : nil
        }
    }

    /// Shows in the job how far the tables in the making are.
    func report(to store: JobStore) throws(PostgresError) {
        let news = counts.withLock { counts in
            let news = counts.filter { !$0.value.isReported && $0.value.partsLeft > 0 }
            for name in news.keys { counts[name]?.isReported = true }
            return news
        }
        for (name, count) in news { try store.setCopied(name, rows: count.rows, bytes: count.bytes) }
    }
}
