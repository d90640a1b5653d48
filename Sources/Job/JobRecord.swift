public import Postgres

/// A job as the shadow remembers it.
public struct JobRecord: Sendable {
    /// The process that runs the job, or ran it last.
    public struct Engine: Sendable, Hashable {
        public let host: String
        public let pid: Int
        /// ISO 8601, UTC.
        public let since: String

        public init(host: String, pid: Int, since: String) {
            self.host = host
            self.pid = pid
            self.since = since
        }
    }

    public let slot: String
    public let publication: String
    public let mode: JobMode
    public let state: JobState
    public let systemIdentifier: String
    public let timeline: Int
    public let database: String
    /// The job has made its slot, and may drop it if its start is undone.
    public let madeSlot: Bool
    public let madePublication: Bool
    /// The last stage of the schema that is complete.
    public let schemaStage: SchemaStage
    /// Where the slot's stream begins; nil before the slot is known.
    public let startLSN: LSN?
    /// All that ends at or before this is in the shadow.
    public let appliedLSN: LSN?
    /// The commit of the last transaction that was applied.
    public let commitLSN: LSN?
    /// Seconds since the source committed it.
    public let commitAge: Double?
    public let sourceLSN: LSN?
    public let request: JobRequest?
    public let engine: Engine?
    public let error: JobError?
    /// The first copy is complete.
    public let isCopied: Bool
    /// The shadow's backend that holds the job's lock; nil where no engine runs.
    public let lockPID: Int?

    public init(
        slot: String, publication: String, mode: JobMode, state: JobState, systemIdentifier: String, timeline: Int,
        database: String, madeSlot: Bool = false, madePublication: Bool = false, schemaStage: SchemaStage = .nothing,
        startLSN: LSN? = nil, appliedLSN: LSN? = nil, commitLSN: LSN? = nil, commitAge: Double? = nil,
        sourceLSN: LSN? = nil, request: JobRequest? = nil, engine: Engine? = nil, error: JobError? = nil,
        isCopied: Bool = false, lockPID: Int? = nil
    ) {
        self.slot = slot
        self.publication = publication
        self.mode = mode
        self.state = state
        self.systemIdentifier = systemIdentifier
        self.timeline = timeline
        self.database = database
        self.madeSlot = madeSlot
        self.madePublication = madePublication
        self.schemaStage = schemaStage
        self.startLSN = startLSN
        self.appliedLSN = appliedLSN
        self.commitLSN = commitLSN
        self.commitAge = commitAge
        self.sourceLSN = sourceLSN
        self.request = request
        self.engine = engine
        self.error = error
        self.isCopied = isCopied
        self.lockPID = lockPID
    }

    public var isRunning: Bool { lockPID != nil }
    /// A start that was cut off before any table was copied has noted that it makes something on the source.
    public var hasUnfinishedStart: Bool { !isCopied && (madeSlot || madePublication) }
}
