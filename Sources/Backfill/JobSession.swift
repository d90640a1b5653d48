internal import Job
internal import Libpq
internal import Logging
internal import Postgres
internal import Publisher
internal import Subscriber

/// The surroundings of one thread of the engine: a session on each side, and the job's memory. Types that take one do
/// the work.
struct JobSession {
    let settings: JobSettings
    /// For what it copies.
    let throttle: Throttle
    /// Interrupts both sessions.
    let stop: Interrupt
    let source: Source
    let shadow: Shadow
    let store: JobStore
    let journal: Journal
    /// The shadow's role may keep triggers, rules and foreign keys from acting on what the job writes. Where not, they are
    /// left out of the shadow.
    let silencesTriggers: Bool
    /// The search path by which functions of the source's database find objects that they name without a schema.
    let functionPath: String
    /// It is a setting of that database, not the server's default.
    let hasOwnPath: Bool

    /// - Parameter shadow: the session that holds the job's lock; nil for one beside it.
    init(
        _ settings: JobSettings, as role: String, on shadow: Shadow? = nil, throttle: Throttle, logger: Logger,
        stop: Interrupt
    ) throws(PostgresError) {
        self.settings = settings
        self.throttle = throttle
        self.stop = stop
        // The shadow first: there the job records that it has an engine, and that the source is away.
        let shadow =
            if let shadow { shadow } else {
                try Shadow(settings.shadow, as: role, slot: settings.slot, interrupt: stop)
            }
        self.shadow = shadow
        source = try Source(settings.source, as: role, interrupt: stop)
        (functionPath, hasOwnPath) = try source.functionPath()
        store = JobStore(shadow, slot: settings.slot)
        journal = Journal(store, logger: logger)
        silencesTriggers = try shadow.becomeReplica()
    }

    /// Runs `body` while no stop interrupts either session: for work that a stop must wait for, or that it ends with.
    func shielded<Value>(_ body: () throws(PostgresError) -> Value) throws(PostgresError) -> Value {
        try shadow.shielded { () throws(PostgresError) in try source.shielded(body) }
    }

    /// The tables that the publication holds, as far as the job knows.
    func publishedTables() throws(PostgresError) -> [FollowedTable] { try store.tables().filter(\.isPublished) }
}
