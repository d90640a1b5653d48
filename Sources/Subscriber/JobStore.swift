internal import Catalog
internal import Libpq
public import Postgres
internal import Scripts

/// The schema `scry_backfill` of the shadow: the memory of one job. Any session may read it and ask; what the engine writes
/// goes through the session that holds the job's lock, or through the transactions that carry the data.
public struct JobStore {
    public let shadow: Shadow
    public let slot: String

    public init(_ shadow: Shadow, slot: String) {
        self.shadow = shadow
        self.slot = slot
    }

    /// False where no engine has ever run on this shadow.
    public func exists() throws(PostgresError) -> Bool {
        guard let row = try shadow.connection.query(.subscriberStateExists).rows.first else { return false }
        return try row.bool("exists")
    }

    public func create() throws(PostgresError) { try shadow.connection.query(.subscriberStateSchema) }

    /// Takes the job's lock for the life of this connection; false where another engine has it.
    public func lock() throws(PostgresError) -> Bool {
        guard let row = try shadow.connection.query(.subscriberJobLock, [slot]).rows.first else { return false }
        return try row.bool("taken")
    }

    /// Ends what is left of the sessions of an engine that is gone; false while there are any. What they had received they
    /// may still commit: before that is over, nothing that the shadow says of the job is the last word.
    ///
    /// The session must hold the job's lock.
    public func endLeftovers() throws(PostgresError) -> Bool {
        try shadow.connection.query(.subscriberJobLeftovers, [slot]).rowCount == 0
    }

    /// The job; nil where there is none.
    public func job() throws(PostgresError) -> JobRecord? {
        guard try exists(), let row = try shadow.connection.query(.subscriberJob, [slot]).rows.first else { return nil }
        return JobRecord(
            slot: try row.string("slot"), publication: try row.string("publication"), mode: try row.string("mode"),
            state: try row.string("state"), systemIdentifier: try row.string("system_identifier"),
            timeline: try row.int("timeline"), database: try row.string("database"),
            madeSlot: try row.bool("made_slot"),
            madePublication: try row.bool("made_publication"), schemaStage: try row.int("schema_stage"),
            startLSN: try row.optionalLSN("start_lsn"), appliedLSN: try row.optionalLSN("applied_lsn"),
            commitLSN: try row.optionalLSN("commit_lsn"), commitAge: try row.optionalDouble("commit_age_seconds"),
            sourceLSN: try row.optionalLSN("source_lsn"), request: try row.optionalString("request"),
            engineHost: try row.optionalString("engine_host"), enginePID: try row.optionalInt("engine_pid"),
            engineSince: try row.optionalString("engine_since"), error: try row.optionalString("error"),
            isCopied: try row.bool("is_copied"),
            lockPID: try row.optionalInt("lock_pid"))
    }

    public func insert(
        publication: String, mode: String, systemIdentifier: String, timeline: Int, database: String
    ) throws(PostgresError) {
        try shadow.connection.query(
            .subscriberJobInsert, [slot, publication, mode, systemIdentifier, String(timeline), database])
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

    public func noteEngine(host: String, pid: Int32) throws(PostgresError) {
        try shadow.connection.query(.subscriberJobEngine, [slot, host, String(pid)])
    }

    public func setState(_ state: String, error: String? = nil) throws(PostgresError) {
        try shadow.connection.query(.subscriberJobState, [slot, state, try held(error, isJSON: true)])
    }

    public func setError(_ error: String?) throws(PostgresError) {
        try shadow.connection.query(.subscriberJobError, [slot, try held(error, isJSON: true)])
    }

    public func request(_ request: String) throws(PostgresError) {
        try shadow.connection.query(.subscriberJobRequest, [slot, request])
    }

    public func noteMade(slot madeSlot: Bool = false, publication: Bool = false) throws(PostgresError) {
        try shadow.connection.query(.subscriberJobMade, [slot, String(madeSlot), String(publication)])
    }

    public func setStart(_ position: LSN) throws(PostgresError) {
        try shadow.connection.query(.subscriberJobStart, [slot, position.description])
    }

    /// Notes that what a start had made on the source is gone.
    public func forgetMade() throws(PostgresError) { try shadow.connection.query(.subscriberJobUnmade, [slot]) }

    public func setStage(_ stage: Int) throws(PostgresError) {
        try shadow.connection.query(.subscriberJobStage, [slot, String(stage)])
    }

    /// Has the engine write its position down now.
    public func wake() throws(PostgresError) { try shadow.connection.query(.subscriberJobWake, [slot]) }

    /// Notes how far the source is where nothing was to be applied on the way there.
    public func setApplied(_ position: LSN, source: LSN) throws(PostgresError) {
        try shadow.connection.query(.subscriberProgress, [slot, position.description, nil, nil, source.description])
    }

    // MARK: Tables

    public func tables() throws(PostgresError) -> [FollowedTable] {
        var tables: [FollowedTable] = []
        for row in try shadow.connection.query(.subscriberTables, [slot]).rows {
            let state = try row.string("state")
            guard let known = FollowedTable.State(rawValue: state) else {
                throw PostgresError(
                    "unknown state \"\(state)\" in scry_backfill.followed_table",
                    hint: "A newer release wrote it: use that release.", sqlState: .dataCorrupted)
            }
            tables.append(
                FollowedTable(
                    name: QualifiedName(schema: try row.string("schema"), name: try row.string("name")), state: known,
                    snapshotLSN: try row.optionalLSN("snapshot_lsn"), rowsCopied: try row.int("rows_copied"),
                    bytesCopied: try row.int("bytes_copied"), identityColumns: try row.strings("identity_columns"),
                    publishedAs: try row.optionalString("published_as"), problem: try row.optionalString("problem")))
        }
        return tables
    }

    /// Enters tables, each with the publication's mark.
    public func insert(
        _ tables: [(name: QualifiedName, mark: String?)], state: FollowedTable.State, snapshot: LSN? = nil
    ) throws(PostgresError) {
        if tables.isEmpty { return }
        try shadow.connection.query(
            .subscriberTableInsert,
            [
                slot, ArrayText.text(tables.map(\.name.schema)), ArrayText.text(tables.map(\.name.name)),
                ArrayText.text(tables.map { $0.mark ?? "" }), state.rawValue, snapshot?.description,
            ])
    }

    /// - Parameter mark: nil to keep the present one.
    public func setState(
        _ table: QualifiedName, _ state: FollowedTable.State, mark: String? = nil
    ) throws(PostgresError) {
        try shadow.connection.query(.subscriberTableState, [slot, table.schema, table.name, state.rawValue, mark])
    }

    public func setMark(_ table: QualifiedName, _ mark: String) throws(PostgresError) {
        try shadow.connection.query(.subscriberTableMark, [slot, table.schema, table.name, mark])
    }

    /// - Parameter problem: as JSON.
    public func setProblem(_ table: QualifiedName, _ problem: String) throws(PostgresError) {
        try shadow.connection.query(
            .subscriberTableProblem, [slot, table.schema, table.name, try held(problem, isJSON: true)])
    }

    /// Forgets the tables' problems, so that they are tried again.
    public func retryTables() throws(PostgresError) { try shadow.connection.query(.subscriberTablesRetry, [slot]) }

    /// Has tables copied again, and wakes the engine; returns those that the job follows.
    public func resync(_ tables: [QualifiedName]) throws(PostgresError) -> Set<QualifiedName> {
        var known: Set<QualifiedName> = []
        let names = [ArrayText.text(tables.map(\.schema)), ArrayText.text(tables.map(\.name))]
        for row in try shadow.connection.query(.subscriberTablesResync, [slot] + names).rows {
            known.insert(QualifiedName(schema: try row.string("schema"), name: try row.string("name")))
        }
        try wake()
        return known
    }

    /// The stream has reached the job's position again with these tables.
    public func markCaughtUp(_ tables: some Collection<QualifiedName>) throws(PostgresError) {
        try shadow.connection.query(
            .subscriberTablesCaughtUp,
            [slot, ArrayText.text(tables.map(\.schema)), ArrayText.text(tables.map(\.name))])
    }

    public func markCopying(_ table: QualifiedName) throws(PostgresError) {
        try shadow.connection.query(.subscriberTableCopying, [slot, table.schema, table.name])
    }

    /// - Parameter state: `.ready`, or `.catchUp` beside a stream.
    public func markCopied(
        _ table: QualifiedName, snapshot: LSN, rows: Int, bytes: Int, state: FollowedTable.State = .ready
    ) throws(PostgresError) {
        try shadow.connection.query(
            .subscriberTableCopied,
            [slot, table.schema, table.name, snapshot.description, String(rows), String(bytes), state.rawValue])
    }

    /// Shows how far a table's copy is.
    public func setCopied(_ table: QualifiedName, rows: Int, bytes: Int) throws(PostgresError) {
        try shadow.connection.query(
            .subscriberTableProgress, [slot, table.schema, table.name, String(rows), String(bytes)])
    }

    public func setIdentityColumns(_ table: QualifiedName, _ columns: [String]) throws(PostgresError) {
        try shadow.connection.query(
            .subscriberTableIdentity, [slot, table.schema, table.name, ArrayText.text(columns)])
    }

    // MARK: Events

    /// - Parameter age: how many seconds ago it happened, for what could not be written then.
    public func note(
        _ severity: String, _ message: String, hint: String? = nil, age: Double = 0
    ) throws(PostgresError) {
        try shadow.connection.query(
            .subscriberEvent, [slot, severity, try held(message), try held(hint), String(age)])
    }

    public func events(latest count: Int) throws(PostgresError) -> [JobEvent] {
        var events: [JobEvent] = []
        for row in try shadow.connection.query(.subscriberEvents, [slot, String(count)]).rows {
            events.append(
                JobEvent(
                    at: try row.string("at"), severity: try row.string("severity"), message: try row.string("message"),
                    hint: try row.optionalString("hint")))
        }
        return events
    }
}
