import Libpq
import Postgres
import Synchronization
import Testing

/// A value that one thread leaves for another, once.
final class Promise<Value: Sendable>: Sendable {
    private let value = Mutex<Value?>(nil)
    private let fulfilled: Interrupt

    init() throws(PostgresError) { fulfilled = try Interrupt() }

    func fulfil(_ given: Value) {
        value.withLock { $0 = given }
        fulfilled.fire()
    }

    /// Blocks the thread until the value is there.
    func get() throws -> Value {
        _ = Wait.poll([], interrupt: fulfilled, milliseconds: nil)
        return try #require(value.withLock { $0 })
    }
}

/// Work on a thread of its own. It begins at once: unlike a task it waits for no thread of the pool, all of which may be
/// blocked by tests.
final class Background<Value: Sendable>: Sendable {
    private let outcome: Promise<Result<Value, PostgresError>>
    let interrupt: Interrupt

    init(_ work: @escaping @Sendable (Interrupt) throws(PostgresError) -> Value) throws {
        let (outcome, interrupt) = (try Promise<Result<Value, PostgresError>>(), try Interrupt())
        (self.outcome, self.interrupt) = (outcome, interrupt)
        _ = try Worker("background") {
            do throws(PostgresError) {
                outcome.fulfil(.success(try work(interrupt)))
            } catch {
                outcome.fulfil(.failure(error))
            }
        }
    }

    /// Blocks the thread until the work has ended.
    func value() throws -> Value { try outcome.get().get() }
}
