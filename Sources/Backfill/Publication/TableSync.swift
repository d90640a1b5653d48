internal import Libpq
internal import Logging
internal import Postgres
internal import Publisher
internal import Subscriber
internal import Synchronization

/// Follows the publication while the stream runs: a thread that looks for tables to copy, copies them beside the stream, and
/// has the stream take them up.
///
///     this thread                                   the stream's
///     sees a table that is new, or to be copied again
///     leaveOut ───────────────────────────────────▶ at the end of a transaction: applies no change of it any more
///     holds: from here on the slot stays where it is
///     temporary slot, its point S; copy at S; the table is `catch-up` at S in the same transaction
///     restart ────────────────────────────────────▶ begins again at S, and applies of what it had applied before only
///                                                    the changes of these tables; behind that, everything; the tables
///                                                    are `ready` with the first commit there
///
/// Invariants:
/// - The stream's position lies before S when the slot is held: S is found behind all that the source had written by then.
///   So the slot can always give again what a table needs that is `catch-up`, whatever process is killed when.
/// - A table is emptied and filled only while the stream leaves it out.
/// - What goes wrong with one table is that table's problem; the others, and the stream, go on.
final class TableSync: Sendable {
    /// What the stream is asked for, at the end of a transaction.
    enum Demand {
        case none
        case leaveOut(Set<QualifiedName>)
        case restart
        case fail(PostgresError)
    }

    private struct State {
        var leaving: Set<QualifiedName> = []
        var hasLeft = true
        var wantsRestart = false
        var holdsSlot = false
        var failure: PostgresError?
        var looks: [QualifiedName: PartitionLook] = [:]
    }

    let settings: JobSettings
    private let throttle: Throttle
    let logger: Logger
    private let state = Mutex(State())
    /// Fired where there is a demand.
    let news: Signal
    private let wake: Signal
    let abort: Interrupt
    private let worker = Mutex<Worker?>(nil)

    /// The publication is looked at so often when nothing asks for it; a question to the catalog is cheap.
    private static let interval = 5000
    private static let shortestInterval = 500

    init(_ settings: JobSettings, throttle: Throttle, logger: Logger) throws(PostgresError) {
        self.settings = settings
        self.throttle = throttle
        self.logger = logger
        news = try Signal()
        wake = try Signal()
        abort = try Interrupt()
    }

    // MARK: The stream's side

    var demand: Demand {
        state.withLock { state in
            if let failure = state.failure { return .fail(failure) }
            if state.wantsRestart { return .restart }
            return state.hasLeft ? .none : .leaveOut(state.leaving)
        }
    }

    /// The stream is about to begin again.
    var isRestarting: Bool { state.withLock { $0.wantsRestart } }

    /// The slot must stay where it is.
    var holdsSlot: Bool { state.withLock { $0.holdsSlot } }

    /// The tables are left out from now on.
    func haveLeft() {
        state.withLock { state in
            state.hasLeft = true
            state.leaving = []
        }
        wake.fire()
    }

    /// The stream has begun, at the position of the tables that lie farthest back. Where it was not asked to begin again, what
    /// it was asked for is still to be done: it may have read the tables' states before.
    func hasStarted() {
        state.withLock { state in
            guard state.wantsRestart else { return }
            state.wantsRestart = false
            state.holdsSlot = false
        }
        wake.fire()
    }

    /// Has the publication looked at now.
    func poke() { wake.fire() }

    // MARK: The thread

    func start() throws(PostgresError) {
        let started = try Worker("tables") { [self] in
            do throws(PostgresError) {
                let work = try JobSession(settings, as: "tables", nil, throttle: throttle, logger: logger, stop: abort)
                var isAsked = true
                while true {
                    let isDone = try TableSyncRound(self, work).run(isAsked: isAsked)
                    _ = try pause(Self.shortestInterval, untilWoken: false)
                    isAsked = try pause(isDone ? Self.interval : Self.shortestInterval, untilWoken: true)
                }
            } catch {
                if !abort.isFired { fail(error) }
            }
        }
        worker.withLock { $0 = started }
    }

    /// Ends the thread; what it was at stays as it is noted in the shadow.
    func end() {
        abort.fire()
        worker.withLock { $0 }?.join()
    }

    private func fail(_ error: PostgresError) {
        state.withLock { $0.failure = error }
        news.fire()
    }

    /// Returns once the stream leaves tables out.
    func leaveOut(_ tables: Set<QualifiedName>) throws(PostgresError) {
        state.withLock { state in
            state.leaving.formUnion(tables)
            state.hasLeft = false
        }
        news.fire()
        while !state.withLock({ $0.hasLeft }) { _ = try pause(1000, untilWoken: true) }
    }

    func holdSlot() { state.withLock { $0.holdsSlot = true } }

    /// Returns once the stream has begun again, from where the shadow says.
    func restart() throws(PostgresError) {
        state.withLock { $0.wantsRestart = true }
        news.fire()
        while state.withLock({ $0.wantsRestart }) { _ = try pause(1000, untilWoken: true) }
    }

    /// What was last seen of a table's partitions.
    func look(at root: QualifiedName) -> PartitionLook { state.withLock { $0.looks[root] ?? PartitionLook() } }

    func keep(_ look: PartitionLook, of root: QualifiedName) { state.withLock { $0.looks[root] = look } }

    /// True if somebody asked for the next look.
    private func pause(_ milliseconds: Int, untilWoken: Bool) throws(PostgresError) -> Bool {
        let descriptors = untilWoken ? [(wake.readDescriptor, false)] : []
        let outcome = Wait.poll(descriptors, interrupt: abort, milliseconds: milliseconds)
        if outcome == .interrupted { throw Interrupt.error }
        if untilWoken { wake.clear() }
        return outcome == .ready
    }
}
