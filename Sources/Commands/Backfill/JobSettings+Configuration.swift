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
