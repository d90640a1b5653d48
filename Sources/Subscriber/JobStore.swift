internal import Catalog
public import Job
internal import Libpq
public import Postgres
internal import Scripts

/// The state of one job, in the schema `scry_backfill` of the shadow. Any session may read it and make requests; the
/// engine writes through the session that holds the job's lock, or through the transactions that carry the data.
public struct JobStore {
    public let shadow: Shadow
    public let slot: String

    public init(_ shadow: Shadow, slot: String) {
        self.shadow = shadow
        self.slot = slot
    }

    /// The shadow's session can be asked.
    public var isReachable: Bool { shadow.isAlive }

    /// False where no engine has ever run on this shadow.
    ///
    /// Throws where this program does not read the state: see `StateSchema`.
    public func exists() throws(PostgresError) -> Bool { try StateSchema(shadow).exists() }

    /// Makes the state, or brings it to the version of this program, under the job's lock.
    ///
    /// Throws 55P03 where an engine holds the lock.
    public func bringUpToDate() throws(PostgresError) {
        let schema = StateSchema(shadow)
        guard try schema.version() != StateSchema.current else { return }
        guard try lock() else { throw JobFault.otherEngine(slot, job: nil) }
        do throws(PostgresError) {
            try schema.bringUpToDate()
        } catch {
            // The first error is the one to report; a session that is lost holds no lock.
            _ = try? unlock()
            throw error
        }
        try unlock()
    }

    private func unlock() throws(PostgresError) { try shadow.connection.query(.subscriberJobUnlock, [slot]) }

    /// As `bringUpToDate`, but leaves a shadow without state as it is.
    public func bringUpToDateIfPresent() throws(PostgresError) {
        if try StateSchema(shadow).version() != nil { try bringUpToDate() }
    }

    /// Takes the job's lock for the life of this connection; false where another engine has it.
    public func lock() throws(PostgresError) -> Bool {
        guard let row = try shadow.connection.query(.subscriberJobLock, [slot]).rows.first else { return false }
        return try row.bool("taken")
    }

    /// Ends what is left of the sessions of an engine that is gone; false while there are any. They may still commit
    /// what they had received: before that is over, the state of the job in the shadow may still change.
    ///
    /// The session must hold the job's lock.
    public func endLeftovers() throws(PostgresError) -> Bool {
        try shadow.connection.query(.subscriberJobLeftovers, [slot]).rowCount == 0
    }

    // MARK: The job

    /// The job; nil where there is none.
    public func job() throws(PostgresError) -> JobRecord? {
        guard try exists(), let row = try shadow.connection.query(.subscriberJob, [slot]).rows.first else { return nil }
        return try JobRecord(row)
    }

    public func insert(
        publication: String, mode: JobMode, systemIdentifier: String, timeline: Int, database: String
    ) throws(PostgresError) {
        try shadow.connection.query(
            .subscriberJobInsert, [slot, publication, mode.rawValue, systemIdentifier, String(timeline), database])
    }

    /// Of all jobs.
    public func allSlots() throws(PostgresError) -> Set<String> {
        var slots: Set<String> = []
        for row in try shadow.connection.query(.subscriberJobSlots).rows { slots.insert(try row.string("slot")) }
        return slots
    }

    /// Has the job begin anew, with another slot.
    public func renew() throws(PostgresError) { try shadow.connection.query(.subscriberJobRenew, [slot]) }

    public func delete() throws(PostgresError) { try shadow.connection.query(.subscriberJobDelete, [slot]) }

    /// Records which process runs the job, and clears the last error and any request.
    public func setEngine(host: String, pid: Int32) throws(PostgresError) {
        try shadow.connection.query(.subscriberJobEngine, [slot, host, String(pid)])
    }

    /// - Parameter error: the one with which the engine ends.
    public func setState(_ state: JobState, error: PostgresError? = nil) throws(PostgresError) {
        try shadow.connection.query(.subscriberJobState, [slot, state.rawValue, try held(error)])
    }

    /// Records the error that the engine waits for to pass by itself.
    public func setError(_ error: PostgresError?) throws(PostgresError) {
        try shadow.connection.query(.subscriberJobError, [slot, try held(error)])
    }

    /// Asks the engine for something, and wakes it.
    public func request(_ request: JobRequest) throws(PostgresError) {
        try shadow.connection.query(.subscriberJobRequest, [slot, request.rawValue])
    }

    /// Has the engine write its position down now.
    public func wake() throws(PostgresError) { try shadow.connection.query(.subscriberJobWake, [slot]) }

    /// Notes the objects that are about to be made on the source.
    public func noteMade(slot madeSlot: Bool = false, publication: Bool = false) throws(PostgresError) {
        try shadow.connection.query(.subscriberJobMade, [slot, String(madeSlot), String(publication)])
    }

    /// Notes that the objects which a start had made on the source are gone.
    public func forgetMade() throws(PostgresError) { try shadow.connection.query(.subscriberJobUnmade, [slot]) }

    public func setStage(_ stage: SchemaStage) throws(PostgresError) {
        try shadow.connection.query(.subscriberJobStage, [slot, String(stage.rawValue)])
    }

    // MARK: Positions

    /// Notes where the slot's stream begins.
    public func setStart(_ position: LSN) throws(PostgresError) {
        try shadow.connection.query(.subscriberJobStart, [slot, position.description])
    }

    /// Notes how far the source is where nothing was to be applied on the way there.
    public func setPosition(_ position: LSN, source: LSN) throws(PostgresError) {
        try shadow.connection.query(.subscriberPositionSet, [slot, position.description, source.description])
    }
}

extension JobRecord {
    init(_ row: Row) throws(PostgresError) {
        let stage = try row.int("schema_stage")
        guard let schemaStage = SchemaStage(rawValue: stage) else {
            throw JobFault.unknownValue(String(stage), of: "job.schema_stage")
        }
        let engine: Engine? =
            if let pid = try row.optionalInt("engine_pid"), let host = try row.optionalString("engine_host"),
                let since = try row.optionalString("engine_since")
            {
                Engine(host: host, pid: pid, since: since)
            } else { nil }
        self.init(
            slot: try row.string("slot"), publication: try row.string("publication"),
            mode: try row.word("mode", of: "job"), state: try row.word("state", of: "job"),
            systemIdentifier: try row.string("system_identifier"), timeline: try row.int("timeline"),
            database: try row.string("database"), madeSlot: try row.bool("made_slot"),
            madePublication: try row.bool("made_publication"), schemaStage: schemaStage,
            startLSN: try row.optionalLSN("start_lsn"), appliedLSN: try row.optionalLSN("applied_lsn"),
            commitLSN: try row.optionalLSN("commit_lsn"), commitAge: try row.optionalDouble("commit_age_seconds"),
            sourceLSN: try row.optionalLSN("source_lsn"),
            request: try row.optionalString("request").flatMap { JobRequest(rawValue: $0) }, engine: engine,
            error: try row.optionalString("error").flatMap { JobDocument.error($0) },
            isCopied: try row.bool("is_copied"), lockPID: try row.optionalInt("lock_pid"))
    }
}

extension Row {
    /// A word of the state. Throws where this release does not know it.
    func word<Word: RawRepresentable<String>>(_ column: String, of table: String) throws(PostgresError) -> Word {
        let text = try string(column)
        guard let word = Word(rawValue: text) else { throw JobFault.unknownValue(text, of: "\(table).\(column)") }
        return word
    }
}
