import Synchronization

/// The counters of an engine since it was started. The engine's threads add to them, anybody reads them; no lock.
public final class EngineCounters: Sendable {
    private let transactions = Atomic(0)
    private let changes = Atomic(0)
    private let retries = Atomic(0)

    public init() {}

    /// Transactions of the source that are committed in the shadow; such as have nothing to apply do not count.
    public var appliedTransactions: Int { transactions.load(ordering: .relaxed) }
    /// Changes of rows, and truncated tables, in them.
    public var appliedChanges: Int { changes.load(ordering: .relaxed) }
    /// How often the work was begun anew after an error that passes by itself.
    public var retriedAttempts: Int { retries.load(ordering: .relaxed) }

    func applied(transactions count: Int, changes changeCount: Int) {
        transactions.add(count, ordering: .relaxed)
        changes.add(changeCount, ordering: .relaxed)
    }

    func retried() { retries.add(1, ordering: .relaxed) }
}
