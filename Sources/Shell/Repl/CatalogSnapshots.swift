internal import Libpq
internal import Postgres
import Synchronization

/// The newest snapshot of the catalog for completion, read by a thread of its own over a connection of its own, so that
/// typing never waits for a server. Where it cannot be read the old one stays.
final class CatalogSnapshots: Sendable {
    private struct State {
        var snapshot = CatalogSnapshot()
        var isReading = false
        /// Where to read once more when the present reading is done.
        var next: ConnectionString?
    }

    private let state = Mutex(State())

    var current: CatalogSnapshot { state.withLock { $0.snapshot } }

    /// Reads the catalog of a database; a reading that is asked for during another one follows it.
    func refresh(_ parameters: ConnectionString) {
        let starts = state.withLock { state in
            state.next = parameters
            defer { state.isReading = true }
            return !state.isReading
        }
        guard starts else { return }
        do throws(PostgresError) {
            _ = try Worker("completion") { [self] in
                while let parameters = takeNext() { read(parameters) }
            }
        } catch {
            // Tab offers what the last reading found.
            state.withLock { $0.isReading = false }
        }
    }

    private func takeNext() -> ConnectionString? {
        state.withLock { state in
            defer { state.next = nil }
            if state.next == nil { state.isReading = false }
            return state.next
        }
    }

    private func read(_ parameters: ConnectionString) {
        let own = ["application_name": "scry-backfill completion", "connect_timeout": "10"]
        // Without a snapshot Tab offers less; that is no reason to disturb the person who types.
        guard let interrupt = try? Interrupt(),
            let connection = try? Connection(parameters.merging(own), interrupt: interrupt),
            let snapshot = try? CatalogSnapshot(connection)
        else { return }
        state.withLock { $0.snapshot = snapshot }
    }
}
