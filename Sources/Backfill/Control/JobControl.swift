internal import Catalog
internal import Glibc
public import Job
public import Libpq
public import Postgres
internal import Publisher
internal import Subscriber

/// Shows a job and steers its engine, from any session that reaches the shadow.
public struct JobControl {
    let store: JobStore
    public let slot: String

    public init(_ shadow: Connection, slot: String) {
        self.slot = slot
        store = JobStore(Shadow(shadow), slot: slot)
    }

    /// Brings the state of an older release to the version of this one, if there is any.
    ///
    /// Throws where an engine runs the job, and where a newer release has written the state.
    public func bringUpToDate() throws(PostgresError) { try store.bringUpToDateIfPresent() }

    // MARK: How the job stands

    /// - Parameter source: for the lag, which is not known without; nil where it cannot be reached.
    public func status(source: Connection?) throws(PostgresError) -> JobStatus {
        guard let job = try store.job() else { return JobStatus(none: slot) }
        let source = source.map { Source($0) }
        let position: LSN? = if let source { try? source.sourcePosition() } else { nil }
        let tables = try store.tables()
        let isCopying = tables.contains(where: \.needsCopy)
        let rate = job.isRunning && isCopying ? try store.copyRate() : nil
        var estimates: [QualifiedName: TableEstimate] = [:]
        if let source, isCopying { estimates = (try? source.estimates(of: tables.map(\.name))) ?? [:] }
        return JobStatus(
            job, tables, rate: rate, forecast: CopyForecast(tables, estimates, rate: rate), sourcePosition: position,
            sampleAge: try job.appliedLSN.flatMap { applied throws(PostgresError) in try store.sampleAge(upTo: applied)
            },
            isGone: Self.isGone(job), throttle: try throttle(),
            wal: job.isRunning ? try store.samples(since: nil).last.map { JobStatus.WAL($0, slot: slot) } : nil)
    }

    /// The tables of the job; empty where there is none.
    public func tables() throws(PostgresError) -> [JobTable] {
        guard let job = try store.job() else { return [] }
        let setAside = Dictionary(grouping: try setAside().filter { $0.table != nil }) { $0.table }
        return try store.tables().map { table in
            JobTable(table, setAside: setAside[table.name] ?? [], isRunning: job.isRunning)
        }
    }

    public func events(latest count: Int) throws(PostgresError) -> [RecordedEvent] {
        try store.exists() ? try store.events(latest: count) : []
    }

    /// The warnings and errors after the event of this number; with nil those of the last ten minutes. The oldest first.
    public func warnings(after number: Int?) throws(PostgresError) -> [RecordedEvent] {
        try store.exists() ? try store.warnings(after: number) : []
    }

    public var isRunning: Bool {
        get throws(PostgresError) { try store.job()?.isRunning ?? false }
    }

    /// Whether the job can go on from its position in its slot: without the slot it could not.
    public func followsSlot() throws(PostgresError) -> Bool {
        guard let job = try store.job() else { return false }
        return job.appliedLSN != nil && job.mode.follows
    }

    /// Whether the engine that runs the job is this process of this machine, and has either passed its checks or waits
    /// for an error that passes by itself.
    public func isUnderWay(by pid: Int32) throws(PostgresError) -> Bool {
        guard let job = try store.job(), job.isRunning, job.engine?.pid == Int(pid), job.engine?.host == HostName.own
        else { return false }
        // An engine that has failed holds its lock for another moment.
        if Self.hasEnded(job) { return false }
        return job.state != .setup || job.error != nil
    }

    /// The slots of all jobs that this shadow knows.
    public func knownSlots() throws(PostgresError) -> Set<String> {
        try store.exists() ? try store.allSlots() : []
    }

    /// Whether a start was cut off before it had copied any table, and has noted that it makes something on the source.
    public var hasUnfinishedStart: Bool {
        get throws(PostgresError) {
            guard let job = try store.job(), job.hasUnfinishedStart else { return false }
            return try !store.tables().contains(where: \.isReady)
        }
    }

    static func hasEnded(_ job: JobRecord) -> Bool { job.state == .stopped || job.state == .failed }

    /// The engine was a process of this machine, and has ended.
    static func isGone(_ job: JobRecord) -> Bool {
        guard let engine = job.engine, engine.host == HostName.own else { return false }
        return kill(pid_t(engine.pid), 0) != 0 && errno == ESRCH
    }
}
