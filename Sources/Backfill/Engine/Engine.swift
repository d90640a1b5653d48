internal import Glibc
internal import Job
public import Libpq
public import Logging
public import Postgres
internal import Publisher
internal import Subscriber

/// The engine of one job: sets the job up, copies, and follows, until it is asked to stop.
///
/// It runs attempts. An attempt opens its connections, reads from the shadow how far the job has come, and goes on from
/// there; all that it knows is lost with it but what was committed. An attempt ends
///
/// - by a request (`stop` fired, or `\backfill stop`): at a committed point, and the engine with it;
/// - by a `Rerun`: the state of the job that it read has changed, and the next attempt comes at once;
/// - by an error that passes by itself: the next attempt comes after a pause, 1 s to 30 s, for as long as it takes;
/// - by any other error: it is kept in the job, and the engine ends.
///
/// Beside the attempts, and whether or not one gets anywhere, `SourceMonitor` watches the source; its fatal error ends the
/// engine like an error that needs a person.
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
        let monitor = try SourceMonitor(settings, logger: logger, stop: stop)
        monitor.start()
        defer { monitor.end() }
        monitor.link.post(JobEvent(.log, "engine started, pid \(getpid()) on \(HostName.own)"))
        var backoff = Backoff()
        let lock = JobLock(settings, monitor, logger: logger, stop: stop)
        while true {
            let attempt = Attempt(settings, lock, logger: logger, stop: stop, counters: counters)
            let pause: Int
            do throws(PostgresError) {
                let outcome = try attempt.run()
                try throwFatalError(of: monitor, lock)
                guard case .rerun(let rerun) = outcome else { return }
                lock.recordRerun(rerun)
                pause = 0
            } catch {
                try throwFatalError(of: monitor, lock)
                if error.origin == .interrupted {
                    lock.settle(.stopped, nil)
                    logger.info("stopped")
                    return
                }
                guard error.passes else {
                    attempt.undoStart()
                    lock.settle(.failed, error)
                    throw error
                }
                pause = backoff.pause(afterProgress: attempt.hasProgressed)
                lock.recordRetry(of: error, after: pause)
                counters.retried()
            }
            if Wait.poll([], interrupt: stop, milliseconds: pause * 1000) == .interrupted {
                try throwFatalError(of: monitor, lock)
                lock.settle(.stopped, nil)
                return
            }
        }
    }

    /// Throws the monitor's fatal error, if there is one, when the monitor has finished its work; the job keeps the
    /// error.
    private func throwFatalError(of monitor: SourceMonitor, _ lock: JobLock) throws(PostgresError) {
        guard monitor.fatalError != nil else { return }
        monitor.end()
        guard let error = monitor.fatalError else { return }
        lock.settleOnNewSession(.failed, error)
        throw error
    }

    /// Finds out whether a new job could start, and changes nothing. Of a job that exists nothing is asked.
    ///
    /// - Parameter tables: such as are to be published first.
    /// - Throws: the first fault, with what mends it.
    public func examine(publishing tables: [QualifiedName]) throws(PostgresError) {
        let source = try Source(settings.source, as: "check", interrupt: stop)
        let shadow = try Shadow(settings.shadow, as: "check", interrupt: stop)
        guard try JobStore(shadow, slot: settings.slot).job() == nil else { return }
        try StartExamination(settings, source, shadow).run(publishing: tables)
    }
}

extension PostgresError {
    /// A server that is down, restarting or failing over, a cut connection, a slot that a dead predecessor still holds.
    fileprivate var passes: Bool { isSafeToRetry || sqlState == .objectInUse }
}
