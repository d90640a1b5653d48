internal import Job
internal import Libpq
internal import Postgres
internal import Synchronization

/// Requests of a thread beside the stream, and the stream's answers. A table is copied beside the stream like this:
///
///     the thread                                    the stream
///     sees a table that is new, or to be copied again
///     exclude ────────────────────────────────────▶ at the end of a transaction: applies no change of it any more
///     holdSlot: from here on the slot stays where it is
///     temporary slot, its point S; copy at S; the table is `catch-up` at S in the same transaction
///     restart ────────────────────────────────────▶ begins again at S, and applies of what it had applied before only
///                                                    the changes of these tables; after that, everything; the tables
///                                                    are `ready` with the first commit there
///
/// Invariants:
/// - The stream's position lies before S when the slot is held: S is found after all that the source had written by then. So
///   the slot can always give again what a table needs that is `catch-up`, whatever process is killed when.
/// - A table is emptied and filled only while the stream excludes it.
final class StreamRequests: Sendable {
    private struct State {
        var excludes: Set<QualifiedName> = []
        var restarts = false
        var holdsSlot = false
        var end: End?
        /// Tables of which the stream has changes and the job knows nothing.
        var unknown: Set<QualifiedName> = []
        /// Among them, those that the publication does not hold.
        var unpublished: Set<QualifiedName> = []
    }

    /// Why the stream must end.
    enum End {
        case failure(PostgresError)
        case rerun(Rerun)
    }

    private let state = Mutex(State())
    /// Fired where something is asked of the stream.
    let asked: Signal
    /// Fired where the stream has answered, or asks for something itself.
    let answered: Signal

    init() throws(PostgresError) {
        asked = try Signal()
        answered = try Signal()
    }

    // MARK: The stream's side

    /// Tables whose changes are not to be applied any more.
    var excludes: Set<QualifiedName> { state.withLock { $0.excludes } }
    /// The stream is to begin again.
    var restarts: Bool { state.withLock { $0.restarts } }
    /// The slot must stay where it is.
    var holdsSlot: Bool { state.withLock { $0.holdsSlot } }
    var end: End? { state.withLock { $0.end } }

    /// The tables are excluded from now on.
    func haveExcluded(_ tables: Set<QualifiedName>) {
        state.withLock { $0.excludes.subtract(tables) }
        answered.fire()
    }

    /// The stream has begun, at the position of the tables that lag the most.
    ///
    /// - Parameter again: it was asked to before it read the tables' states; if not, the request is still to be done.
    func haveStarted(again: Bool) {
        state.withLock { state in
            guard again else { return }
            state.restarts = false
            state.holdsSlot = false
        }
        answered.fire()
    }

    /// Has the publication read now.
    func wake() { answered.fire() }

    /// Whether the publication holds a table that the job does not know; nil until that is known. If it does, the answer is that
    /// the stream must end.
    func isUnpublished(_ table: QualifiedName) -> Bool? {
        let (isKnown, isNew) = state.withLock { state in
            (state.unpublished.contains(table), state.unknown.insert(table).inserted)
        }
        if isKnown { return true }
        if isNew { answered.fire() }
        return nil
    }

    // MARK: The thread's side

    /// Returns once the stream excludes the tables.
    ///
    /// Throws the interruption.
    func exclude(_ tables: Set<QualifiedName>, interrupt: Interrupt) throws(PostgresError) {
        state.withLock { $0.excludes.formUnion(tables) }
        asked.fire()
        while !state.withLock({ $0.excludes.isEmpty }) { try awaitAnswer(interrupt) }
    }

    func holdSlot() { state.withLock { $0.holdsSlot = true } }

    /// Returns once the stream has begun again, from where the shadow says.
    ///
    /// Throws the interruption.
    func restart(interrupt: Interrupt) throws(PostgresError) {
        state.withLock { $0.restarts = true }
        asked.fire()
        while state.withLock({ $0.restarts }) { try awaitAnswer(interrupt) }
    }

    func finish(_ end: End) {
        state.withLock { $0.end = end }
        asked.fire()
    }

    /// The tables that the stream asks about.
    var unknownTables: Set<QualifiedName> { state.withLock { $0.unknown.subtracting($0.unpublished) } }

    /// The publication does not hold them.
    func answer(unpublished tables: Set<QualifiedName>) {
        guard !tables.isEmpty else { return }
        state.withLock { $0.unpublished.formUnion(tables) }
        asked.fire()
    }

    private func awaitAnswer(_ interrupt: Interrupt) throws(PostgresError) {
        if Wait.until(answered, interrupt: interrupt, milliseconds: 1000) == .interrupted { throw Interrupt.error }
        answered.clear()
    }
}
