internal import Catalog
public import Job
public import Libpq
public import Postgres
internal import Publisher
internal import Subscriber

// Requests to a job and its engine.
extension JobControl {
    /// Asks the engine to stop and waits until it has. False if none was running.
    public func stop(interrupt: Interrupt, milliseconds: Int = 60_000) throws(PostgresError) -> Bool {
        guard try isRunning else { return false }
        try store.request(.stop)
        let isStopped = try until(milliseconds, interrupt) { () throws(PostgresError) in try !isRunning }
        guard isStopped else { throw JobFault.engineHasNotStopped(seconds: milliseconds / 1000) }
        return true
    }

    /// Has the engine read the publication now; nothing where there is no job.
    public func wake() throws(PostgresError) { if try store.job() != nil { try store.wake() } }

    /// Has tables copied again while the rest follows; those that the job does not follow are an error.
    public func resync(_ tables: [QualifiedName]) throws(PostgresError) {
        let known = try store.job() == nil ? [] : Set(try store.tables().filter(\.isPublished).map(\.name))
        let unknown = tables.filter { !known.contains($0) }
        guard unknown.isEmpty else { throw JobFault.notFollowed(unknown) }
        _ = try store.resync(tables)
    }

    /// Undoes the changes that a start which was cut off has made on the source; returns the objects that have gone,
    /// for people.
    public func undoStart(on source: Connection, interrupt: Interrupt) throws(PostgresError) -> [String] {
        try UnfinishedStart(store, Source(source))?.undo(interrupt: interrupt) ?? []
    }

    /// Forgets the job. The shadow's tables stay; objects that were set aside are put back, and identity columns are
    /// GENERATED ALWAYS again where they were before the job followed.
    ///
    /// - Returns: The objects that were put back, and those that could not be, for people.
    /// - Throws: while an engine runs.
    public func reset() throws(PostgresError) -> [String] {
        guard let job = try store.job() else { return [] }
        guard !job.isRunning else { throw JobFault.engineIsRunning(slot) }
        let done = try putBackAll()
        try store.shadow.transaction { () throws(PostgresError) in
            for table in try store.tables() {
                try store.shadow.restoreIdentity(table.name, table.identityColumns)
            }
            try store.delete()
        }
        return done
    }

    // MARK: The throttle

    /// How the throttle stands: as the engine last recorded it, and with the limits asked for since. Nil where neither
    /// is known.
    public func throttle() throws(PostgresError) -> ThrottleStatus? {
        guard try store.exists() else { return nil }
        let kept = try store.throttle()
        guard let asked = kept.asked, asked != kept.inForce?.settings else { return kept.inForce }
        return ThrottleStatus(settings: asked)
    }

    /// Limits the copy otherwise, now and in the job's engines to come; nil goes back to the engine's configuration.
    ///
    /// Throws where there is no job.
    public func setThrottle(_ settings: ThrottleSettings?) throws(PostgresError) {
        guard try store.job() != nil else {
            throw JobFault.noJob(
                "to throttle",
                hint: "The first engine takes its limits from [rate_limiter] in the configuration.")
        }
        try store.askThrottle(settings)
    }
}
