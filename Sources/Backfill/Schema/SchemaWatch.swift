internal import Job
internal import Libpq
internal import Logging
internal import Postgres

/// Watches the schema of the followed tables on the source while the stream runs: a thread that compares the catalog from time
/// to time, and whenever the stream describes a table anew (`SchemaRequests`).
final class SchemaWatch: Sendable {
    let requests: SchemaRequests
    private let abort: Interrupt
    private let worker: Worker

    /// The catalog is compared so often, in milliseconds, when nothing asks for it.
    private static let interval = 5000
    /// And so often while something waits for the stream, or for a lock.
    private static let shortInterval = 250

    /// Starts the thread.
    ///
    /// - Parameter stream: the requests of the thread that copies tables beside the stream; nil where none runs.
    init(
        _ settings: JobSettings, beside stream: StreamRequests?, throttle: Throttle, logger: Logger
    ) throws(PostgresError) {
        let (requests, abort) = (try SchemaRequests(), try Interrupt())
        (self.requests, self.abort) = (requests, abort)
        worker = try Worker("schema") {
            do throws(PostgresError) {
                let session = try JobSession(settings, as: "schema", throttle: throttle, logger: logger, stop: abort)
                try Self.run(SchemaRound(session, requests, stream), session, requests)
            } catch {
                if !abort.isFired { requests.finish(.failure(error)) }
            }
        }
    }

    /// Ends the thread.
    func end() {
        abort.fire()
        worker.join()
    }

    private static func run(
        _ round: SchemaRound, _ session: JobSession, _ requests: SchemaRequests
    ) throws(PostgresError) {
        while true {
            let outcome = try round.run()
            if case .ends(let end) = outcome { return requests.finish(end) }
            let pause = outcome.waits ? shortInterval : interval
            if Wait.until(requests.answered, interrupt: session.stop, milliseconds: pause) == .interrupted {
                throw Interrupt.error
            }
            requests.answered.clear()
        }
    }
}
