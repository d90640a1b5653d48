internal import Libpq
internal import Postgres
internal import Synchronization

/// Threads that work off a list of items together. The first error interrupts the others; so does the stop.
final class WorkerGroup<Item: Sendable>: Sendable {
    private struct State {
        var waiting: ArraySlice<Item>
        var running = 0
        var failure: PostgresError?
    }

    private let state: Mutex<State>
    /// Fired when a worker ends.
    private let ended: Interrupt
    /// Fired to make the workers end; their connections wait on it.
    let abort: Interrupt

    init(_ items: [Item]) throws(PostgresError) {
        state = Mutex(State(waiting: items[...]))
        ended = try Interrupt()
        abort = try Interrupt()
    }

    /// The next item; nil where none is left or the work is to end.
    func next() -> Item? {
        state.withLock { state in state.failure == nil ? state.waiting.popFirst() : nil }
    }

    /// Runs up to `count` workers to their end. Until one fails, `watch` is called every half second, on the calling thread.
    ///
    /// Throws the first worker's error, or that of `watch`, or the interruption, once all workers have ended.
    func run(
        _ count: Int, _ name: String, stop: Interrupt, watch: () throws(PostgresError) -> Void,
        worker: @escaping @Sendable (WorkerGroup) throws(PostgresError) -> Void
    ) throws(PostgresError) {
        for number in 1...max(1, count) {
            state.withLock { $0.running += 1 }
            let started = startThread("\(name) \(number)") { [self] in
                do throws(PostgresError) {
                    try worker(self)
                    end(nil)
                } catch {
                    end(error)
                }
            }
            if !started {
                end(PostgresError("could not start a thread", hint: "Raise the limit on processes (ulimit -u)."))
            }
        }
        while state.withLock({ $0.running > 0 }) {
            let outcome = Wait.poll(
                [(ended.readDescriptor, false)], interrupt: abort.isFired ? nil : stop, milliseconds: 500)
            ended.clear()
            if outcome == .interrupted { fail(Interrupt.error) }
            // Of work that ends unfinished nothing is to be told.
            if abort.isFired { continue }
            do throws(PostgresError) { try watch() } catch { fail(error) }
        }
        if let failure = state.withLock({ $0.failure }) { throw failure }
    }

    private func end(_ error: PostgresError?) {
        if let error { fail(error) }
        state.withLock { $0.running -= 1 }
        ended.fire()
    }

    private func fail(_ error: PostgresError) {
        state.withLock { state in
            // The others' interruptions follow from the first error.
            if state.failure == nil { state.failure = error }
        }
        abort.fire()
    }
}
