internal import Catalog
internal import Job
internal import Libpq
internal import Logging
internal import Postgres
internal import Publisher
internal import Subscriber
internal import Synchronization

/// The engine's care for the source beside its work: it watches the WAL that the job's slot retains, and how busy the
/// source is while it copies. It has a thread and a session on the source of its own and needs nothing else: the shadow
/// may be away, or the engine may wait for it, and that is when WAL piles up.
///
/// It reports its findings to the log and, when the shadow is there, to the job (`JobLink`). If the engine must end for
/// one of them, it sets `fatalError` and fires the engine's stop, as SIGTERM does: the engine ends at a committed
/// point.
final class SourceMonitor: Sendable {
    let throttle: Throttle
    let link: JobLink
    private let settings: JobSettings
    private let logger: Logger
    private let stop: Interrupt
    private let quit: Interrupt
    private let workers = Mutex<[Worker]>([])
    private let fatal = Mutex<PostgresError?>(nil)
    /// The job's lock has been held by this engine.
    private let holdsLock = Atomic(false)

    /// - Parameter stop: the engine's.
    init(_ settings: JobSettings, logger: Logger, stop: Interrupt) throws(PostgresError) {
        self.settings = settings
        self.logger = logger
        self.stop = stop
        quit = try Interrupt()
        throttle = try Throttle(settings.throttle)
        link = try JobLink(settings, throttle, logger: logger, stop: stop, quit: quit)
    }

    /// Why the engine must end; nil while it need not.
    var fatalError: PostgresError? { fatal.withLock { $0 } }

    /// The engine holds the job's lock from here on.
    func noteLock() {
        holdsLock.store(true, ordering: .relaxed)
        link.open()
    }

    func start() {
        start("source watch") { [self] in watch() }
        start("job link") { [self] in link.run() }
    }

    private func start(_ name: String, _ body: @escaping @Sendable () -> Void) {
        do throws(PostgresError) {
            let worker = try Worker(name, body)
            workers.withLock { $0.append(worker) }
        } catch {
            logger.warning("\(error.message) \"\(name)\": the source is not watched (raise ulimit -u)")
        }
    }

    /// Ends both threads, and waits until they have: the monitor finishes its work, and its records are written.
    func end() {
        quit.fire()
        for worker in workers.withLock({ $0 }) { worker.join() }
    }

    // MARK: The thread on the source

    private var watchesWAL: Bool { settings.walMonitor.isEnabled && settings.mode.follows }

    private func watch() {
        var session: Source?
        var watch = WALWatch(settings.walMonitor, slot: settings.slot)
        let start = ContinuousClock.now
        var nextWAL = 0.0
        while !quit.isFired {
            throttle.begun.clear()
            let now = start.duration(to: .now) / .seconds(1)
            let loadIsDue = throttle.nextPoll.map { $0 <= 0 } ?? false
            let walIsDue = watchesWAL && nextWAL <= now
            do throws(PostgresError) {
                if loadIsDue || walIsDue {
                    let open = if let session { session } else { try connect() }
                    session = open
                    if loadIsDue { try pollLoad(open) }
                    if walIsDue { try pollWAL(open, &watch) }
                }
            } catch {
                session = nil
                // A source that is away is the engine's to report.
                logger.debug("the source cannot be watched: \(error.message)")
                throttle.pollFailed()
            }
            if walIsDue { nextWAL = now + interval }
            var pause: [Double] = []
            if watchesWAL { pause.append(nextWAL - now) }
            if let next = throttle.nextPoll { pause.append(next) }
            let milliseconds = pause.min().map { Int((max(0, $0) * 1000).rounded(.up)) }
            _ = Wait.poll([(throttle.begun.readDescriptor, false)], interrupt: quit, milliseconds: milliseconds)
        }
    }

    /// Until the slot is known to be the job's it is polled more often, so that the first poll is not late.
    private var interval: Double { Double(holdsLock.load(ordering: .relaxed) ? settings.walMonitor.interval : 1) }

    private func connect() throws(PostgresError) -> Source {
        let limits = ["connect_timeout": "10", "tcp_user_timeout": "10000"]
        let session = try Source(settings.source.merging(limits), as: "monitor", interrupt: quit)
        try session.limitStatements(seconds: 10)
        return session
    }

    private func pollLoad(_ session: Source) throws(PostgresError) {
        switch throttle.take(try session.serverLoad()) {
        case .none: break
        case .slower(let reason):
            link.post(JobEvent(.log, "the copy gives way to the source: \(reason)"))
        case .atFullSpeed:
            link.post(JobEvent(.log, "the copy is at its full speed again"))
        }
        link.post(throttle.status)
    }

    private func pollWAL(_ session: Source, _ watch: inout WALWatch) throws(PostgresError) {
        let slots = try session.replicationSlots()
        let own = slots.first { $0.name == settings.slot && $0.isLogical && $0.database == session.database }
        let isHeld = holdsLock.load(ordering: .relaxed)
        // An engine that has not held the lock yet, because the shadow is away, must not act on another one's slot.
        let (events, action) = watch.take(own, mayAct: isHeld || own?.isActive == false)
        for event in events { link.post(event) }
        if own != nil {
            link.post(WALSample(try session.walState(), slots, level: watch.level, of: own))
        }
        let retained = own?.retainedBytes ?? 0
        switch action {
        case .nothing: break
        case .stop: end(JobFault.stoppedForWAL(settings.slot, retained: retained))
        case .lost: if let own { end(JobFault.slotIsLost(own.name, reason: own.invalidationReason)) }
        case .drop:
            // The engine lets go of the slot as soon as it can; the drop waits for no more than that.
            end(JobFault.droppedForWAL(settings.slot, retained: retained))
            guard let failure = drop(session) else { return }
            end(JobFault.notDroppedForWAL(settings.slot, retained: retained, failure))
        }
    }

    /// Has the engine end with an error.
    private func end(_ error: PostgresError) {
        fatal.withLock { $0 = error }
        stop.fire()
    }

    /// Drops the slot, whether or not the engine is waiting elsewhere. Returns why it could not.
    private func drop(_ session: Source) -> PostgresError? {
        do throws(PostgresError) {
            // The engine's end must not interrupt it.
            try session.shielded { () throws(PostgresError) in try dropOnceFree(session) }
            return nil
        } catch {
            return error
        }
    }

    private func dropOnceFree(_ session: Source) throws(PostgresError) {
        for attempt in 0..<300 {
            guard let slot = try session.replicationSlot(settings.slot) else { return }
            if let holder = slot.holder, attempt == 30, holder.application?.hasPrefix("scry-backfill ") == true {
                // Three seconds are enough to finish a transaction; the monitor does not wait for an engine that takes
                // longer.
                try session.terminate(holder.processID)
            }
            if !slot.isActive {
                do throws(PostgresError) {
                    return try session.dropSlot(slot)
                } catch  where error.sqlState == .objectInUse {}
            }
            _ = Wait.poll([], interrupt: nil, milliseconds: 100)
        }
        throw PostgresError("it is still in use", sqlState: .objectInUse)
    }
}
