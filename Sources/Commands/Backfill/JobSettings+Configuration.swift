public import Backfill
public import Configuration
internal import Libpq
public import Postgres

extension JobSettings {
    /// What the configuration asks for. Throws where it names no shadow.
    public init(_ configuration: Configuration) throws(PostgresError) {
        guard let shadow = configuration.shadow else { throw CommandContext.noShadow }
        let backfill = configuration.backfill
        let mode: Mode =
            switch backfill.mode {
            case .hybrid: .hybrid
            case .snapshot: .snapshot
            case .cdc: .cdc
            }
        self.init(
            source: configuration.source.connection ?? ConnectionString(), shadow: shadow,
            slot: configuration.source.replicationSlot, publication: configuration.source.publicationName, mode: mode,
            selection: backfill.tables, jobs: backfill.jobs, indexJobs: backfill.indexJobs,
            copySchema: backfill.copySchema, applyBatchMilliseconds: backfill.applyBatchMilliseconds,
            throttle: ThrottleSettings(configuration.rateLimiter),
            walMonitor: WALMonitorSettings(configuration.walMonitor))
    }

    /// The same as environment of `scry-backfill run`, to which nothing is to be added from a file.
    var environment: [String: String] {
        jobEnvironment.merging(careEnvironment) { job, _ in job }
    }

    private var careEnvironment: [String: String] {
        var variables = [
            "SCRY_BACKFILL_RATE_LIMITER__ENABLED": String(throttle.isEnabled),
            "SCRY_BACKFILL_RATE_LIMITER__MAX_BYTES_PER_SECOND": String(throttle.bytesPerSecond ?? 0),
            "SCRY_BACKFILL_RATE_LIMITER__BURST_MULTIPLIER": String(throttle.burst),
            "SCRY_BACKFILL_RATE_LIMITER__ADAPTIVE": String(throttle.isAdaptive),
            "SCRY_BACKFILL_WAL_MONITOR__ENABLED": String(walMonitor.isEnabled),
            "SCRY_BACKFILL_WAL_MONITOR__CHECK_INTERVAL_SECS": String(walMonitor.interval),
            "SCRY_BACKFILL_WAL_MONITOR__MAX_WAL_BYTES_WARNING": String(walMonitor.warning),
            "SCRY_BACKFILL_WAL_MONITOR__MAX_WAL_BYTES_CRITICAL": String(walMonitor.critical),
            "SCRY_BACKFILL_WAL_MONITOR__ON_CRITICAL": walMonitor.onCritical.rawValue,
        ]
        if let rows = throttle.rowsPerSecond {
            variables["SCRY_BACKFILL_RATE_LIMITER__MAX_ROWS_PER_SECOND"] = String(rows)
        }
        return variables
    }

    private var jobEnvironment: [String: String] {
        [
            "SCRY_BACKFILL_SOURCE": source.conninfo, "SCRY_BACKFILL_SHADOW": shadow.conninfo,
            "SCRY_BACKFILL_SOURCE__REPLICATION_SLOT": slot, "SCRY_BACKFILL_SOURCE__PUBLICATION_NAME": publication,
            "SCRY_BACKFILL_BACKFILL__MODE": mode.rawValue,
            "SCRY_BACKFILL_BACKFILL__INCLUDE_TABLES": Self.list(selection.included),
            "SCRY_BACKFILL_BACKFILL__EXCLUDE_TABLES": Self.list(selection.excluded),
            "SCRY_BACKFILL_BACKFILL__JOBS": String(jobs), "SCRY_BACKFILL_BACKFILL__INDEX_JOBS": String(indexJobs),
            "SCRY_BACKFILL_BACKFILL__COPY_SCHEMA": String(copySchema),
            "SCRY_BACKFILL_BACKFILL__APPLY_BATCH_MS": String(applyBatchMilliseconds),
        ]
    }

    private static func list(_ patterns: [TablePattern]) -> String {
        patterns.map(\.description).joined(separator: ",")
    }
}

extension WALMonitorSettings {
    init(_ monitor: Configuration.WALMonitor) {
        let onCritical: CriticalAction =
            switch monitor.onCritical {
            case .warn: .warn
            case .stop: .stop
            case .dropSlot: .dropSlot
            }
        self.init(
            isEnabled: monitor.isEnabled, interval: monitor.checkIntervalSeconds, warning: monitor.warningBytes.bytes,
            critical: monitor.criticalBytes.bytes, onCritical: onCritical)
    }
}

extension ThrottleSettings {
    /// 0 stands for no limit in bytes.
    init(_ limiter: Configuration.RateLimiter) {
        self.init(
            isEnabled: limiter.isEnabled, rowsPerSecond: limiter.maxRowsPerSecond,
            bytesPerSecond: limiter.maxBytesPerSecond.bytes > 0 ? limiter.maxBytesPerSecond.bytes : nil,
            burst: limiter.burstMultiplier, isAdaptive: limiter.isAdaptive)
    }
}
