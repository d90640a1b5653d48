import Catalog
import Glibc
import Libpq
import Postgres
import Scripts

/// The customers of the demo's shop: a thread with a connection of its own that runs a turn ten times a second, until it
/// is stopped.
final class DemoTraffic: Sendable {
    private let stopping: Interrupt
    private let worker: Worker

    init(_ parameters: ConnectionString) throws(PostgresError) {
        let stopping = try Interrupt()
        self.stopping = stopping
        worker = try Worker("traffic") { Self.run(parameters, until: stopping) }
    }

    /// Returns when the connection is closed.
    func stop() {
        stopping.fire()
        worker.join()
    }

    private static func run(_ parameters: ConnectionString, until stopping: Interrupt) {
        // Ctrl-C is for the thread that reads the terminal.
        var all = sigset_t()
        unsafe sigfillset(&all)
        unsafe pthread_sigmask(SIG_BLOCK, &all, nil)

        var turn = 1
        while !stopping.isFired {
            do throws(PostgresError) {
                let connection = try Connection(parameters, interrupt: stopping)
                while pause(stopping, milliseconds: 100) {
                    try connection.query(.demoTraffic, [String(turn)])
                    turn += 1
                }
            } catch {
                // A person who tries things out may cut this session, restart the server or lock a table; customers
                // come again.
                _ = pause(stopping, milliseconds: 1000)
            }
        }
    }

    /// False where it was stopped meanwhile.
    private static func pause(_ stopping: Interrupt, milliseconds: Int) -> Bool {
        Wait.poll([], interrupt: stopping, milliseconds: milliseconds) == .timedOut
    }
}
