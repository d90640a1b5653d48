internal import Glibc
public import Libpq
public import Logging
public import Postgres
internal import Publisher
internal import Subscriber

/// The engine of one job: sets the job up, copies, and follows, until it is told to stop.
///
/// It runs attempts. An attempt opens its connections, reads from the shadow how far the job has come, and goes on from
/// there; all that it knows is lost with it but what was committed. An attempt ends
///
/// - by a request (`stop` fired, or `\backfill stop`): at a committed point, and the engine with it;
/// - by an error that passes by itself: the next attempt comes after a pause, 1 s to 30 s, for as long as it takes;
/// - by any other error: it is kept in the job, and the engine ends.
///
/// Beside the attempts, and whether or not one gets anywhere, `SourceCare` watches the source; its verdict ends the engine
/// like an error that needs a person.
public final class Engine: Sendable {
    private let settings: JobSettings
    private let logger: Logger
    private let stop: Interrupt
    public let counters = EngineCounters()

    /// - Parameter stop: fired by SIGTERM, SIGINT.
    public init(_ settings: JobSettings, logger: Logger, stop: Interrupt) {
        self.settings = settings
        self.logger = logger
        self.stop = stop
    }

    /// Works until stopped. It blocks its thread.
    ///
    /// Throws the error that needs a person; the job holds it too, where the shadow could be reached.
    public func run() throws(PostgresError) {
        let care = try SourceCare(settings, logger: logger, stop: stop)
        care.start()
        defer { care.end() }
        care.link.post(
            WALWatch.Event(severity: "LOG", message: "engine started, pid \(getpid()) on \(JobLock.hostName)"))
        var backoff = Backoff()
        let lock = JobLock(settings, care, logger: logger, stop: stop)
        while true {
            let attempt = Attempt(settings, lock, logger: logger, stop: stop, counters: counters)
            do throws(PostgresError) {
                try attempt.run()
                try heed(lock)
                return
            } catch {
                try heed(lock)
                if error.origin == .interrupted {
                    lock.settle(.stopped, nil)
                    logger.info("stopped")
                    return
                }
                guard Self.passes(error) else {
                    attempt.takeBack()
                    lock.settle(.failed, error)
                    throw error
                }
                let pause =
                    error.sqlState == Attempt.tablesChanged ? 0 : backoff.pause(afterProgress: attempt.hasProgressed)
                lock.noteRetry(of: error, after: pause)
                if error.sqlState != Attempt.tablesChanged { counters.retried() }
                if Wait.poll([], interrupt: stop, milliseconds: pause * 1000) == .interrupted {
                    try heed(lock)
                    lock.settle(.stopped, nil)
                    return
                }
            }
        }
    }

    /// Throws the watch's verdict, if there is one, when what it has begun is done; the job keeps it.
    private func heed(_ lock: JobLock) throws(PostgresError) {
        guard lock.care.verdict != nil else { return }
        lock.care.end()
        guard let verdict = lock.care.verdict else { return }
        lock.settleSurely(.failed, verdict)
        throw verdict
    }

    /// Finds out whether a new job could start, and changes nothing. Of a job that exists nothing is asked.
    ///
    /// - Parameter tables: such as are to be published first.
    /// - Throws: the first fault, with what mends it.
    public func examine(publishing tables: [QualifiedName]) throws(PostgresError) {
        let source = try Source(settings.source, as: "check", interrupt: stop)
        let shadow = try Shadow(settings.shadow, as: "check", interrupt: stop)
        guard try JobStore(shadow, slot: settings.slot).job() == nil else { return }
        let lock = JobLock(
            settings, try SourceCare(settings, logger: logger, stop: stop), logger: logger, stop: stop)
        try Attempt(settings, lock, logger: logger, stop: stop, counters: counters)
            .examine(source, shadow, also: tables)
    }

    /// A server that is down, restarting or failing over, a cut connection, a slot that a dead predecessor still holds, a
    /// table that has come to the publication.
    private static func passes(_ error: PostgresError) -> Bool {
        error.isSafeToRetry || error.sqlState == .objectInUse || error.sqlState == Attempt.tablesChanged
    }
}
