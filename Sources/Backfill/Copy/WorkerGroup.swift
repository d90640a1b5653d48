internal import Libpq
internal import Postgres
internal import Synchronization

/// Threads that work off a list of items together. The first error interrupts the others; so does the stop.
final class WorkerGroup<Item: Sendable>: Sendable {
    private struct State {
        var waiting: ArraySlice<Item>
        var failure: PostgresError?
    }

    private let state: Mutex<State>
    /// Fired to make the workers end; their connections wait on it.
    let abort: Interrupt

    init(_ items: [Item]) throws(PostgresError) {
        state = Mutex(State(waiting: items[...]))
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
        var workers: [Worker] = []
        for number in 1...max(1, count) {
            do throws(PostgresError) {
                workers.append(
                    try Worker("\(name) \(number)") { [self] in
                        do throws(PostgresError) { try worker(self) } catch { fail(error) }
                    })
            } catch {
                fail(error)
            }
        }
        while true {
            workers.removeAll(where: \.hasEnded)
            if workers.isEmpty { break }
            let outcome = Wait.poll(
                workers.map { ($0.endDescriptor, false) }, interrupt: abort.isFired ? nil : stop, milliseconds: 500)
            if outcome == .interrupted { fail(Interrupt.error) }
            // The progress of work that ends unfinished is not recorded.
            if abort.isFired { continue }
            do throws(PostgresError) { try watch() } catch { fail(error) }
        }
        if let failure = state.withLock({ $0.failure }) { throw failure }
    }

    private func fail(_ error: PostgresError) {
        state.withLock { state in
            // The others' interruptions follow from the first error.
            if state.failure == nil { state.failure = error }
        }
        abort.fire()
    }
}
