import Libpq
import LocalCluster
import Postgres
import Synchronization
import Testing

/// Waits until a query of its own connection gives true. The server is asked again and again; each round is an event of
/// its own, however slow the machine.
func waitUntil(_ condition: String, _ parameters: [String?] = [], on cluster: LocalCluster) throws(PostgresError) {
    let watcher = try cluster.connect()
    while try watcher.query("SELECT (\(condition))::bool", parameters)[0, 0] != "t" {}
}

/// Waits until the backend waits as pg_stat_activity has it.
func waitUntil(_ backend: Int32, waitsFor event: String, on cluster: LocalCluster) throws(PostgresError) {
    try waitUntil(
        "SELECT count(*) = 1 FROM pg_stat_activity WHERE pid = $1 AND (wait_event = $2 OR wait_event_type = $2)",
        [String(backend), event], on: cluster)
}

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

extension Connection {
    /// The error with which the server answers; nil where it does not.
    func failure(of sql: String, _ parameters: [String?] = []) -> PostgresError? {
        do throws(PostgresError) {
            try query(sql, parameters)
            return nil
        } catch {
            return error
        }
    }

    /// The one value of a query.
    func value(_ sql: String, _ parameters: [String?] = []) throws(PostgresError) -> String? {
        try query(sql, parameters)[0, 0]
    }
}
