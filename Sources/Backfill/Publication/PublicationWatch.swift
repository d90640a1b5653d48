internal import Job
internal import Libpq
internal import Logging
internal import Postgres
internal import Synchronization

/// Follows the publication while the stream runs: a thread that reads it from time to time and when it is asked to,
/// copies the tables that have come beside the stream, and follows changes of partitions. A failure with one table is
/// that table's problem; the others, and the stream, go on.
final class PublicationWatch: Sendable {
    let requests: StreamRequests
    private let abort: Interrupt
    private let worker: Worker

    /// The publication is read so often, in milliseconds, when nothing asks for it; a question to the catalog is cheap.
    private static let interval = 5000
    private static let shortestInterval = 500

    /// Starts the thread.
    init(_ settings: JobSettings, throttle: Throttle, logger: Logger) throws(PostgresError) {
        let (requests, abort) = (try StreamRequests(), try Interrupt())
        (self.requests, self.abort) = (requests, abort)
        worker = try Worker("publication") {
            do throws(PostgresError) {
                let session = try JobSession(settings, as: "tables", throttle: throttle, logger: logger, stop: abort)
                try Self.run(session, requests)
            } catch {
                if !abort.isFired { requests.finish(.failure(error)) }
            }
        }
    }

    /// Ends the thread; its unfinished work stays as it is noted in the shadow.
    func end() {
        abort.fire()
        worker.join()
    }

    private static func run(_ session: JobSession, _ requests: StreamRequests) throws(PostgresError) {
        let round = PublicationRound(session, requests)
        var isAsked = true
        while true {
            let outcome = try round.run(isAsked: isAsked)
            if case .rerun(let rerun) = outcome {
                requests.finish(.rerun(rerun))
                return
            }
            try Wait.pause(milliseconds: shortestInterval, interrupt: session.stop)
            let pause = outcome == .done ? interval : shortestInterval
            switch Wait.until(requests.answered, interrupt: session.stop, milliseconds: pause) {
            case .ready: isAsked = true
            case .timedOut: isAsked = false
            case .interrupted: throw Interrupt.error
            }
            requests.answered.clear()
        }
    }
}
