internal import Catalog
internal import Libpq
internal import Logging
internal import Postgres
internal import Publisher
internal import Subscriber

/// What one thread of the engine works with: a session on each side, and the job's memory.
final class JobSession {
    let settings: JobSettings
    /// For what it copies.
    let throttle: Throttle
    let logger: Logger
    /// Interrupts both sessions.
    let stop: Interrupt
    let source: Source
    let shadow: Shadow
    let store: JobStore
    /// The shadow's role may keep triggers, rules and foreign keys from acting on what the job writes. Where not, they are
    /// left out of the shadow.
    let silencesTriggers: Bool
    /// By what functions of the source's database find what they name without a schema.
    let functionPath: String
    /// It is a setting of that database, not the server's default.
    let hasOwnPath: Bool
    private var hasWarnedOfTriggers = false

    /// - Parameter lock: whose session on the shadow is to be used; nil for one beside it.
    init(
        _ settings: JobSettings, as role: String, _ lock: JobLock?, throttle: Throttle, logger: Logger, stop: Interrupt
    ) throws(PostgresError) {
        self.settings = settings
        self.throttle = throttle
        self.logger = logger
        self.stop = stop
        // The shadow first: there the job tells that it has an engine, and that the source is away.
        if let lock {
            shadow = try lock.open()
        } else {
            shadow = try Shadow(settings.shadow, as: role, slot: settings.slot, interrupt: stop)
        }
        source = try Source(settings.source, as: role, interrupt: stop)
        (functionPath, hasOwnPath) = try source.functionPath()
        store = JobStore(shadow, slot: settings.slot)
        silencesTriggers = try shadow.becomeReplica()
    }

    /// Runs `body` while no stop interrupts either session: what a stop is to wait for, or is to end with.
    func uninterrupted<Value>(_ body: () throws(PostgresError) -> Value) throws(PostgresError) -> Value {
        try shadow.shielded { () throws(PostgresError) in try source.shielded(body) }
    }

    /// Tells the log and the job's events.
    func tell(_ message: String) {
        logger.info("\(message)")
        note("LOG", message)
    }

    /// Warns in the log and in the job's events.
    func warn(_ message: String, hint: String? = nil) {
        logger.warning("\(message)")
        note("WARNING", message, hint: hint)
    }

    /// Warns, once, of what is left out where triggers can't be kept silent.
    func warnOfTriggers() {
        if hasWarnedOfTriggers { return }
        hasWarnedOfTriggers = true
        warn(
            "triggers, rules and foreign keys are not restored in the shadow",
            hint:
                "Its role may not set session_replication_role, so they would act on what the job writes. If they are wanted: GRANT SET ON PARAMETER session_replication_role TO the role (15 and later) or a superuser's role, and start anew."
        )
    }

    /// Enters something into the job's events, where the shadow still answers: an event is no reason to fail.
    func note(_ severity: String, _ message: String, hint: String? = nil) {
        guard shadow.isAlive else { return }
        do throws(PostgresError) {
            try store.note(severity, message, hint: hint)
        } catch {
            logger.warning("could not note an event in the shadow: \(error.message)")
        }
    }
}
