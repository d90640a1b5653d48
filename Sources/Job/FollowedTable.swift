public import Postgres

/// A table that a job follows.
public struct FollowedTable: Sendable, Hashable {
    /// The life of a table in a job. Every state is durable in the shadow (`scry_backfill.followed_table`).
    ///
    ///     state         set by                                              its rows in the shadow
    ///     pending       the publication has it; it was not copied yet       none, or somebody else's: not touched
    ///     copying       its copy has begun, or is to be made anew           the job's; they go
    ///     catch-up      the transaction of the last rows of a copy that     as of the snapshot, and further with each
    ///                   was made beside the stream                          transaction that the stream sends again
    ///     ready         the transaction of the last rows of a copy, or,     as of the job's position
    ///                   from catch-up, the one that reaches the others
    ///     unpublished   the publication has it no more                      as they were; not touched
    public enum State: Sendable, Hashable {
        case pending
        case copying
        /// Changes that committed before this position are in its rows.
        case catchUp(LSN)
        /// Changes that committed before this position came with its copy.
        case ready(LSN)
        case unpublished

        /// The word by which the job keeps it, and people see it.
        public var name: String {
            switch self {
            case .pending: "pending"
            case .copying: "copying"
            case .catchUp: "catch-up"
            case .ready: "ready"
            case .unpublished: "unpublished"
            }
        }

        /// Nil for a name that this release does not know.
        public init?(name: String, snapshot: LSN?) {
            switch name {
            case "pending": self = .pending
            case "copying": self = .copying
            case "catch-up": self = .catchUp(snapshot ?? .invalid)
            case "ready": self = .ready(snapshot ?? .invalid)
            case "unpublished": self = .unpublished
            default: return nil
            }
        }

        public var catchesUp: Bool { if case .catchUp = self { true } else { false } }

        /// Changes that committed before this position are not to be applied to it; nil where none are.
        public var snapshot: LSN? {
            switch self {
            case .catchUp(let position), .ready(let position): position
            case .pending, .copying, .unpublished: nil
            }
        }
    }

    public let name: QualifiedName
    public let state: State
    public let rowsCopied: Int
    /// In COPY's text format.
    public let bytesCopied: Int
    /// Identity columns that are GENERATED ALWAYS on the source, and BY DEFAULT in the shadow while the job follows.
    public let identityColumns: [String]
    /// The fingerprint of how the publication sends it; nil where that is not known.
    public let publishedAs: String?
    /// Why it cannot be copied, or its partitions not be followed.
    public let problem: JobError?

    public init(
        name: QualifiedName, state: State, rowsCopied: Int = 0, bytesCopied: Int = 0, identityColumns: [String] = [],
        publishedAs: String? = nil, problem: JobError? = nil
    ) {
        self.name = name
        self.state = state
        self.rowsCopied = rowsCopied
        self.bytesCopied = bytesCopied
        self.identityColumns = identityColumns
        self.publishedAs = publishedAs
        self.problem = problem
    }

    public var isPublished: Bool { state != .unpublished }
    public var isReady: Bool { if case .ready = state { true } else { false } }
    public var catchesUp: Bool { state.catchesUp }
    /// The stream applies its changes.
    public var isStreamed: Bool { state.snapshot != nil }
    /// It is not yet where the others are.
    public var lags: Bool { isPublished && !isReady }
    /// It is to be copied, and nothing is known to be in the way.
    public var needsCopy: Bool { (state == .pending || state == .copying) && problem == nil }
}
