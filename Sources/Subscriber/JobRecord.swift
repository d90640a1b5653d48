public import Postgres

/// A job as the shadow remembers it (`scry_backfill.job`).
public struct JobRecord: Sendable {
    public let slot: String
    public let publication: String
    public let mode: String
    public let state: String
    public let systemIdentifier: String
    public let timeline: Int
    public let database: String
    public let madeSlot: Bool
    public let madePublication: Bool
    /// The last `SchemaStage` that was restored; 0 none.
    public let schemaStage: Int
    public let startLSN: LSN?
    /// All that ends at or before this is in the shadow.
    public let appliedLSN: LSN?
    /// The commit of the last transaction that was applied.
    public let commitLSN: LSN?
    /// Seconds since the source committed it.
    public let commitAge: Double?
    public let sourceLSN: LSN?
    public let request: String?
    public let engineHost: String?
    public let enginePID: Int?
    /// ISO 8601, UTC.
    public let engineSince: String?
    /// As JSON.
    public let error: String?
    /// The first copy is complete.
    public let isCopied: Bool
    /// The shadow's backend that holds the job's lock; nil where no engine runs.
    public let lockPID: Int?
}

/// A table that a job follows (`scry_backfill.followed_table`).
public struct FollowedTable: Sendable, Hashable {
    public enum State: String, Sendable {
        /// To be copied into an empty table.
        case pending
        /// Being copied, or to be copied anew: what the shadow's table holds is the job's, and goes.
        case copying
        /// Copied behind the job's position: the stream brings it to where the others are.
        case catchUp = "catch-up"
        case ready
        /// Not in the publication any more.
        case unpublished
    }

    public let name: QualifiedName
    public let state: State
    /// Changes committed before this came with the copy; nil before it.
    public let snapshotLSN: LSN?
    public let rowsCopied: Int
    public let bytesCopied: Int
    /// Identity columns that are GENERATED ALWAYS on the source.
    public let identityColumns: [String]
    /// How the publication sends it; nil where that is not known.
    public let publishedAs: String?
    /// Why it can't be copied, as JSON.
    public let problem: String?

    /// Not yet where the others are.
    public var isBehind: Bool { state == .pending || state == .copying || state == .catchUp }

    /// To be copied.
    public var isWaiting: Bool { (state == .pending || state == .copying) && problem == nil }

    public init(
        name: QualifiedName, state: State, snapshotLSN: LSN? = nil, rowsCopied: Int = 0, bytesCopied: Int = 0,
        identityColumns: [String] = [], publishedAs: String? = nil, problem: String? = nil
    ) {
        self.name = name
        self.state = state
        self.snapshotLSN = snapshotLSN
        self.rowsCopied = rowsCopied
        self.bytesCopied = bytesCopied
        self.identityColumns = identityColumns
        self.publishedAs = publishedAs
        self.problem = problem
    }
}

/// Something that happened to a job.
public struct JobEvent: Sendable, Hashable {
    /// ISO 8601, UTC.
    public let at: String
    public let severity: String
    public let message: String
    public let hint: String?
}
