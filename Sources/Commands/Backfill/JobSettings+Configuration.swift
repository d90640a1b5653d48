public import Backfill
public import Configuration
internal import Job
internal import Libpq
public import Postgres

extension JobSettings {
    /// The job's settings as the configuration gives them. Throws where it names no shadow.
    public init(_ configuration: Configuration) throws(PostgresError) {
        guard let shadow = configuration.shadow else { throw CommandContext.noShadow }
        let backfill = configuration.backfill
        self.init(
            source: configuration.source.connection ?? ConnectionString(), shadow: shadow,
            slot: configuration.source.replicationSlot, publication: configuration.source.publicationName,
            mode: backfill.mode, selection: backfill.tables, jobs: backfill.jobs, indexJobs: backfill.indexJobs,
            copySchema: backfill.copySchema, applyBatchMilliseconds: backfill.applyBatchMilliseconds,
            onSchemaChange: backfill.onSchemaChange,
            throttle: ThrottleSettings(configuration.rateLimiter),
            walMonitor: WALMonitorSettings(configuration.walMonitor))
    }
}

extension WALMonitorSettings {
    init(_ monitor: Configuration.WALMonitor) {
        self.init(
            isEnabled: monitor.isEnabled, interval: monitor.checkIntervalSeconds, warning: monitor.warningBytes.bytes,
            critical: monitor.criticalBytes.bytes, onCritical: monitor.onCritical)
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
