internal import Job
internal import Postgres
internal import Subscriber
internal import Synchronization

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

    /// Tables whose rows the snapshot no longer shows in full; they stay as they are, for another copy.
    var postponed: Set<QualifiedName> { late.withLock { $0 } }
    func postpone(_ table: QualifiedName) { late.withLock { _ = $0.insert(table) } }

    private let failures = Mutex<[QualifiedName: PostgresError]>([:])

    /// Tables that could not be copied; the others go on.
    var failed: [QualifiedName: PostgresError] { failures.withLock { $0 } }

    /// Notes that a table cannot be copied, by the first of its errors.
    func fail(_ table: QualifiedName, _ error: PostgresError) {
        failures.withLock { failures in if failures[table] == nil { failures[table] = error } }
    }

    private let roomMade = Mutex<[QualifiedName: Int]>([:])

    /// How often something was set aside for a table's rows.
    func room(_ table: QualifiedName) -> Int { roomMade.withLock { $0[table] ?? 0 } }
    func madeRoom(_ table: QualifiedName) { roomMade.withLock { $0[table, default: 0] += 1 } }

    /// - Parameter outdated: tables whose counters an earlier attempt has left.
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
