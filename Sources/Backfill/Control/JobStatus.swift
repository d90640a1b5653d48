public import Job
public import Postgres

/// How a job stands: the document of `\backfill status --json`. A value that is not known is null: every document has
/// the same keys.
public struct JobStatus: Encodable, Sendable {
    public struct Engine: Encodable, Sendable {
        public let running: Bool
        @OrNull public private(set) var pid: Int?
        @OrNull public private(set) var host: String?
        @OrNull public private(set) var since: String?

    }

    /// Nil where it is not known: while the source cannot be asked for its position, the lag may be anything.
    public struct Lag: Encodable, Sendable {
        @OrNull public private(set) var bytes: UInt64?
        /// The greatest possible age of the shadow's state.
        @OrNull public private(set) var seconds: Double?

    }

    /// An engine that neither holds the job nor has recorded that it ends.
    public struct MissingEngine: Sendable {
        public let pid: Int
        public let host: String
        /// The process is no longer on this machine; otherwise it may only be cut off from the shadow.
        public let isGone: Bool
    }

    public struct Tables: Encodable, Sendable {
        public let total: Int
        public let pending: Int
        public let copying: Int
        public let ready: Int
        public let failed: Int
    }

    /// How fast the copy was in the last minute; nil where that is not known, or nothing is copied.
    public struct Rates: Encodable, Sendable {
        @OrNull public private(set) var rowsPerSecond: Double?
        @OrNull public private(set) var bytesPerSecond: Double?

        private enum CodingKeys: String, CodingKey {
            case rowsPerSecond = "rows_per_second"
            case bytesPerSecond = "bytes_per_second"
        }
    }

    /// The last sample of the WAL monitor.
    public struct WAL: Encodable, Sendable {
        @OrNull public private(set) var level: WALLevel?
        @OrNull public private(set) var retainedBytes: Int?
        @OrNull public private(set) var walStatus: String?
        @OrNull public private(set) var safeWALSize: Int?

        init(_ sample: WALSample, slot: String) {
            level = sample.level
            retainedBytes = sample.retained[slot]
            walStatus = sample.walStatus
            safeWALSize = sample.safeWALSize
        }

        private enum CodingKeys: String, CodingKey {
            case level
            case retainedBytes = "retained_bytes"
            case walStatus = "wal_status"
            case safeWALSize = "safe_wal_size"
        }
    }

    public let state: JobState
    @OrNull public private(set) var mode: JobMode?
    public let slot: String
    @OrNull public private(set) var publication: String?
    public let engine: Engine
    @OrNull public private(set) var appliedLSN: LSN?
    @OrNull public private(set) var sourceLSN: LSN?
    public let lag: Lag
    public let tables: Tables
    public let rowsCopied: Int
    public let bytesCopied: Int
    /// Of the estimated size of all tables; nil where nothing is to be copied, or the source cannot be asked.
    @OrNull public private(set) var percentCopied: Double?
    public let rates: Rates
    /// How long the copy still takes at its pace; nil where that is not known.
    @OrNull public private(set) var etaSeconds: Double?
    @OrNull public private(set) var error: JobError?
    /// Nil where no engine has recorded it yet.
    @OrNull public private(set) var throttle: ThrottleStatus?
    /// Nil while no engine watches it.
    @OrNull public private(set) var wal: WAL?
    /// Not a part of the document.
    public let missingEngine: MissingEngine?

    /// No job.
    init(none slot: String) {
        state = .none
        mode = nil
        self.slot = slot
        publication = nil
        engine = Engine(running: false, pid: nil, host: nil, since: nil)
        appliedLSN = nil
        sourceLSN = nil
        lag = Lag(bytes: nil, seconds: nil)
        tables = Tables(total: 0, pending: 0, copying: 0, ready: 0, failed: 0)
        rowsCopied = 0
        bytesCopied = 0
        percentCopied = nil
        rates = Rates(rowsPerSecond: nil, bytesPerSecond: nil)
        etaSeconds = nil
        error = nil
        throttle = nil
        wal = nil
        missingEngine = nil
    }

    /// - Parameters:
    ///   - sourcePosition: where the source is now; nil where it cannot be asked.
    ///   - sampleAge: seconds since the WAL monitor last saw the source at a position that the shadow shows.
    ///   - isGone: the engine was a process of this machine, and has ended.
    init(
        _ job: JobRecord, _ tables: [FollowedTable], rate: CopyRate?, forecast: CopyForecast, sourcePosition: LSN?,
        sampleAge: Double?, isGone: Bool, throttle: ThrottleStatus?, wal: WAL?
    ) {
        let running = job.isRunning
        // An engine that was killed could not write down that it ended.
        state = running || job.state == .failed ? job.state : .stopped
        mode = job.mode
        slot = job.slot
        publication = job.publication
        engine = Engine(
            running: running, pid: running ? job.engine?.pid : nil, host: running ? job.engine?.host : nil,
            since: running ? job.engine?.since : nil)
        appliedLSN = job.appliedLSN
        sourceLSN = sourcePosition ?? job.sourceLSN
        let bytes: UInt64? =
            if let applied = job.appliedLSN, let sourcePosition { sourcePosition.distance(from: applied) } else { nil }
        // The last transaction that was applied may be old because there was none since.
        let age = [job.commitAge, sampleAge].compactMap(\.self).min()
        lag = Lag(bytes: bytes, seconds: bytes.flatMap { $0 == 0 ? 0 : age.map { max(0, $0) } })
        missingEngine =
            if !running, !job.state.isEnd, let engine = job.engine {
                MissingEngine(pid: engine.pid, host: engine.host, isGone: isGone)
            } else { nil }
        let wanted = tables.filter(\.isPublished)
        let well = wanted.filter { $0.problem == nil }.map { $0.shownState(isRunning: running) }
        self.tables = Tables(
            total: wanted.count, pending: well.count { $0 == .pending },
            copying: well.count { $0.isUnderWay }, ready: well.count { $0.isReady },
            failed: wanted.count - well.count)
        rowsCopied = tables.reduce(0) { $0 + $1.rowsCopied }
        bytesCopied = tables.reduce(0) { $0 + $1.bytesCopied }
        percentCopied = forecast.percent
        rates = Rates(rowsPerSecond: rate?.rowsPerSecond, bytesPerSecond: rate?.bytesPerSecond)
        etaSeconds = forecast.seconds
        error = job.error
        self.throttle = throttle
        self.wal = wal
    }

    private enum CodingKeys: String, CodingKey {
        case state, mode, slot, publication, engine, lag, tables, rates, error, throttle, wal
        case appliedLSN = "applied_lsn"
        case sourceLSN = "source_lsn"
        case rowsCopied = "rows_copied"
        case bytesCopied = "bytes_copied"
        case percentCopied = "percent_copied"
        case etaSeconds = "eta_seconds"
    }
}
