public import Job
public import Libpq
public import Postgres

/// The task of a job, from where to where.
public struct JobSettings: Sendable {
    public var source: ConnectionString
    public var shadow: ConnectionString
    public var slot: String
    public var publication: String
    public var mode: JobMode
    /// The tables of a publication that the job makes itself.
    public var selection: TableSelection
    /// Parts of tables that are copied at once.
    public var jobs: Int
    /// Indexes that are built at once.
    public var indexJobs: Int
    public var copySchema: Bool
    /// How long source transactions are gathered into one of the shadow.
    public var applyBatchMilliseconds: Int
    public var onSchemaChange: SchemaChangePolicy
    /// How fast the copy may read the source, unless a shell asks for something else.
    public var throttle: ThrottleSettings
    public var walMonitor: WALMonitorSettings

    public init(
        source: ConnectionString, shadow: ConnectionString, slot: String, publication: String, mode: JobMode,
        selection: TableSelection, jobs: Int, indexJobs: Int, copySchema: Bool, applyBatchMilliseconds: Int,
        onSchemaChange: SchemaChangePolicy = .follow, throttle: ThrottleSettings = .off,
        walMonitor: WALMonitorSettings = WALMonitorSettings()
    ) {
        self.source = source
        self.shadow = shadow
        self.slot = slot
        self.publication = publication
        self.mode = mode
        self.selection = selection
        self.jobs = jobs
        self.indexJobs = indexJobs
        self.copySchema = copySchema
        self.applyBatchMilliseconds = applyBatchMilliseconds
        self.onSchemaChange = onSchemaChange
        self.throttle = throttle
        self.walMonitor = walMonitor
    }
}
