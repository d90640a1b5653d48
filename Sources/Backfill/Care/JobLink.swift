internal import Catalog
internal import Job
internal import Libpq
internal import Logging
internal import Postgres
internal import Subscriber
internal import Synchronization

/// The channel between the engine's watchers and the job's shells: events and samples to the job, limits from its
/// shells, over a session of its own on a thread of its own:
///
///     watchers ──events, samples, throttle──▶ [memory] ──▶ shadow
///     watchers ◀──────── limits ─────────── shadow ◀── \backfill throttle
///
/// The shadow may be away for long, which is when there is most to report: nobody waits for it, and records that cannot
/// be written yet are kept (the newest of them), and written when the shadow is there again. The session only writes
/// records that are no part of the data, so it need not end before another engine of the job begins, and takes none of
/// the job's locks.
final class JobLink: Sendable {
    private struct Mail {
        var events: [(event: JobEvent, posted: ContinuousClock.Instant)] = []
        var sample: WALSample?
        var throttle: ThrottleStatus?
        var isEmpty: Bool { events.isEmpty && sample == nil && throttle == nil }
    }

    /// More events are not kept; the log has them all.
    private static let limit = 100

    private let settings: JobSettings
    private let logger: Logger
    private let throttle: Throttle
    private let mail = Mutex(Mail())
    private let hasMail: Signal
    /// True as soon as the job is this engine's.
    private let isOpen = Atomic(false)
    private let stop: Interrupt
    private let hasStopped = Atomic(false)
    private let quit: Interrupt

    /// - Parameters:
    ///   - stop: the engine's, fired where a shell asks for it.
    ///   - quit: ends this thread.
    init(
        _ settings: JobSettings, _ throttle: Throttle, logger: Logger, stop: Interrupt, quit: Interrupt
    ) throws(PostgresError) {
        self.settings = settings
        self.throttle = throttle
        self.logger = logger
        self.stop = stop
        self.quit = quit
        hasMail = try Signal()
    }

    /// From here on the job is this engine's, which holds its lock.
    func open() {
        isOpen.store(true, ordering: .relaxed)
        hasMail.fire()
    }

    /// Logs an event, and has it entered into the job.
    func post(_ event: JobEvent) {
        let hint = event.hint.map { " (\($0))" } ?? ""
        logger.log(level: event.severity.logLevel, "\(event.message)\(hint)")
        mail.withLock { mail in
            mail.events.append((event, .now))
            if mail.events.count > Self.limit { mail.events.removeFirst() }
        }
        hasMail.fire()
    }

    func post(_ sample: WALSample) {
        mail.withLock { $0.sample = sample }
        hasMail.fire()
    }

    func post(_ status: ThrottleStatus) {
        mail.withLock { $0.throttle = status }
        hasMail.fire()
    }

    // MARK: The thread

    func run() {
        var shadow: Shadow?
        var pause = Backoff()
        while true {
            let isLast = quit.isFired
            var wait = 30_000
            if isOpen.load(ordering: .relaxed) {
                do throws(PostgresError) {
                    if shadow == nil, !isLast {
                        shadow = try connect()
                        pause = Backoff()
                    }
                    // Records that are on their way when the engine ends are still written; a statement takes five
                    // seconds at most.
                    if let shadow {
                        try shadow.shielded { () throws(PostgresError) in try exchange(shadow) }
                    }
                } catch {
                    shadow = nil
                    wait = pause.pause(afterProgress: false) * 1000
                    logger.debug("the watchers cannot reach the shadow: \(error.message)")
                }
            }
            if isLast { return }
            // Without the shadow there is no use in waking for records to be written.
            let isOpen = isOpen.load(ordering: .relaxed)
            var sockets: [(Int32, Bool)] = []
            if let shadow { sockets.append((shadow.descriptor, false)) }
            if shadow != nil || !isOpen { sockets.append((hasMail.readDescriptor, false)) }
            _ = Wait.poll(sockets, interrupt: quit, milliseconds: wait)
            hasMail.clear()
        }
    }

    private func connect() throws(PostgresError) -> Shadow {
        let limits = ["connect_timeout": "5", "tcp_user_timeout": "5000"]
        let session = try Shadow(settings.shadow.merging(limits), as: "monitor", interrupt: quit)
        try session.limitStatements(seconds: 5)
        let store = JobStore(session, slot: settings.slot)
        try session.listen()
        try readRequests(store)
        post(throttle.status)
        return session
    }

    private func exchange(_ shadow: Shadow) throws(PostgresError) {
        let store = JobStore(shadow, slot: settings.slot)
        let notifications = shadow.takeNotifications()
        guard shadow.isAlive else {
            throw JobFault.shadowIsLost()
        }
        if notifications.contains(where: { $0.payload == settings.slot }) { try readRequests(store) }
        while let (event, posted) = mail.withLock({ $0.events.first }) {
            let age = posted.duration(to: .now) / .seconds(1)
            try store.record(event, age: age)
            mail.withLock { if $0.events.first?.posted == posted { $0.events.removeFirst() } }
        }
        if let sample = mail.withLock({ $0.sample }) {
            try store.add(sample)
            mail.withLock { if $0.sample == sample { $0.sample = nil } }
        }
        if let status = mail.withLock({ $0.throttle }) {
            try store.setThrottle(status)
            mail.withLock { if $0.throttle == status { $0.throttle = nil } }
        }
    }

    /// The requests of a shell: to end, which is taken whatever the engine is doing, and limits; without any limits,
    /// those that the engine was started with.
    private func readRequests(_ store: JobStore) throws(PostgresError) {
        // Once: the engine clears it when it carries it out.
        if try store.job()?.request == .stop, !hasStopped.exchange(true, ordering: .relaxed) { stop.fire() }
        let asked = try store.throttle().asked ?? settings.throttle
        guard throttle.set(asked) else { return }
        post(throttle.status)
        post(JobEvent(.log, "throttle: \(asked)"))
        // The load is polled from now on, or no longer.
        throttle.begun.fire()
    }
}
