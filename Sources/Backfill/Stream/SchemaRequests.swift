internal import Catalog
internal import Job
internal import Libpq
internal import Postgres
internal import Synchronization

/// What the stream and the thread that watches the source's schema ask of each other. No row is applied by a description that the
/// source's catalog, read later, has not confirmed:
///
///     the stream                                    the thread
///     a table is described
///     confirm? ───────────────────────────────────▶ reads the catalog, in which the transaction of the description has ended
///                                                    nothing has changed: confirmed up to that snapshot
///                                                    a table has changed:
///     ends, also within a transaction ◀──────────── pause
///     rests ──────────────────────────────────────▶ alters the shadow's table, or has it copied again, and notes that
///     begins again from where the shadow says ◀──── resume, confirmed
final class SchemaRequests: Sendable {
    private struct State {
        var snapshot: TransactionSnapshot?
        /// Tables with a change that is not dealt with yet, and the snapshots up to which they are confirmed.
        var held: [OID: TransactionSnapshot?] = [:]
        var wantsSnapshot = false
        var blocked: Block?
        var mismatches: Set<OID> = []
        var pauses = false
        var rests = false
        var end: StreamRequests.End?
    }

    /// The place where the stream waits.
    struct Block: Hashable {
        let table: OID
        /// All before it is durable in the shadow, and nothing else is open there.
        let isClean: Bool
    }

    private let state = Mutex(State())
    /// Fired where something is asked of the stream, or answered.
    let asked: Signal
    /// Fired where the stream has answered, or asks for something itself.
    let answered: Signal

    init() throws(PostgresError) {
        asked = try Signal()
        answered = try Signal()
    }

    // MARK: The stream's side

    /// Whether the catalog has been compared since a transaction ended, which describes a table. If not, the thread is asked to.
    func confirms(_ table: OID, in transaction: TransactionID) -> Bool {
        let (isConfirmed, isNew) = state.withLock { state in
            let snapshot = if let held = state.held[table] { held } else { state.snapshot }
            if snapshot?.hasEnded(transaction) == true { return (true, false) }
            defer { state.wantsSnapshot = true }
            return (false, !state.wantsSnapshot)
        }
        if isNew { answered.fire() }
        return isConfirmed
    }

    /// A table's description fits neither what the shadow's was built from nor what it is becoming.
    func reportMismatch(_ table: OID) {
        if state.withLock({ $0.mismatches.insert(table).inserted }) { answered.fire() }
    }

    /// Tells where the stream waits; nil where it does not.
    func report(_ block: Block?) {
        let isNew = state.withLock { state in
            defer { state.blocked = block }
            return block != nil && state.blocked != block
        }
        if isNew { answered.fire() }
    }

    /// Has the catalog compared now.
    func wake() { answered.fire() }

    /// The stream must not be open.
    var pauses: Bool { state.withLock { $0.pauses } }
    var end: StreamRequests.End? { state.withLock { $0.end } }

    /// Waits while the stream must not be open. Nothing of it may be left in the shadow.
    ///
    /// Throws the interruption.
    func rest(_ stop: Interrupt) throws(PostgresError) {
        guard pauses else { return }
        state.withLock { $0.rests = true }
        defer { state.withLock { $0.rests = false } }
        answered.fire()
        while state.withLock({ $0.pauses && $0.end == nil }) {
            if Wait.until(asked, interrupt: stop, milliseconds: 1000) == .interrupted { throw Interrupt.error }
            asked.clear()
        }
    }

    // MARK: The thread's side

    /// Takes what the stream asks for.
    func takeMismatches() -> Set<OID> {
        state.withLock { state in
            defer { state.mismatches = [] }
            return state.mismatches
        }
    }

    /// Where the stream waits.
    var block: Block? { state.withLock { $0.blocked } }

    /// The catalog has been compared, and what has changed been dealt with, but for some tables.
    func confirm(_ snapshot: TransactionSnapshot, but held: Set<OID>) {
        state.withLock { state in
            let before = state.snapshot
            var kept: [OID: TransactionSnapshot?] = [:]
            for table in held { kept[table] = .some(state.held[table] ?? before) }
            state.held = kept
            state.snapshot = snapshot
            state.wantsSnapshot = false
        }
        asked.fire()
    }

    /// Returns once the stream rests.
    ///
    /// Throws the interruption.
    func pause(_ interrupt: Interrupt) throws(PostgresError) {
        state.withLock { $0.pauses = true }
        asked.fire()
        while !state.withLock({ $0.rests }) {
            if Wait.until(answered, interrupt: interrupt, milliseconds: 1000) == .interrupted { throw Interrupt.error }
            answered.clear()
        }
    }

    func resume() {
        state.withLock { $0.pauses = false }
        asked.fire()
    }

    func finish(_ end: StreamRequests.End) {
        state.withLock { $0.end = end }
        asked.fire()
    }
}
