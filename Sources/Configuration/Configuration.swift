public import Job
public import Libpq
public import Postgres

/// The settings in force, from options, environment, file and defaults. The values here are the defaults; `KeyTable`
/// says by which name each is set.
public struct Configuration: Hashable, Sendable {
    public var source = Source()
    /// Nil where no shadow was named.
    public var shadow: ConnectionString?
    public var backfill = Backfill()
    public var rateLimiter = RateLimiter()
    public var walMonitor = WALMonitor()
    public var metrics = Metrics()

    public init() {}

    /// The production database, and what the job makes on it.
    public struct Source: Hashable, Sendable {
        /// Nil where nothing names a source; libpq's environment and defaults then decide, as in psql.
        public var connection: ConnectionString?
        public var replicationSlot = "scry_backfill_slot"
        public var publicationName = "scry_publication"

        public init() {}
    }

    /// The job: what is copied and followed, and how.
    public struct Backfill: Hashable, Sendable {
        public var mode = JobMode.hybrid
        public var includeTables = [TablePattern.all]
        public var excludeTables: [TablePattern] = []
        /// Tables, or parts of one, that are copied at once.
        public var jobs = 4
        /// Indexes that are built at once.
        public var indexJobs = 4
        public var copySchema = true
        public var onSchemaChange = SchemaChangePolicy.follow
        /// How long changes are gathered before they are committed in the shadow.
        public var applyBatchMilliseconds = 50

        public init() {}

        /// The tables that the two lists select together.
        public var tables: TableSelection { TableSelection(including: includeTables, excluding: excludeTables) }
    }

    /// How much of the source's capacity the copy may take.
    public struct RateLimiter: Hashable, Sendable {
        public var isEnabled = false
        /// Nil: no limit in rows.
        public var maxRowsPerSecond: Int?
        public var maxBytesPerSecond = ByteSize(20 << 20)
        /// How far above the rate a moment may go.
        public var burstMultiplier = 2.0
        public var isAdaptive = true

        public init() {}
    }

    /// When the WAL that the slot retains on the source becomes a danger.
    public struct WALMonitor: Hashable, Sendable {
        public var isEnabled = true
        public var checkIntervalSeconds = 30
        public var warningBytes = ByteSize(1 << 30)
        public var criticalBytes = ByteSize(5 << 30)
        public var onCritical = WALMonitorSettings.CriticalAction.warn

        public init() {}
    }

    public struct Metrics: Hashable, Sendable {
        /// Where to serve metrics; nil: nowhere.
        public var listen: ListenAddress?

        public init() {}
    }
}
