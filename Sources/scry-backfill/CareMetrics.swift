import Backfill
import Catalog
internal import Job
import Metrics

/// The metrics of the engine's care for the source: the WAL monitor's thresholds, and the copy's throttle.
enum CareMetrics {
    static func families(_ sample: JobSample, _ monitor: WALMonitorSettings) -> [MetricFamily] {
        (monitor.isEnabled ? wal(sample, monitor) : []) + (sample.status?.throttle.map(throttle) ?? [])
    }

    /// By the slot as it is now, so that it is known too while the shadow is away, which is when WAL piles up.
    private static func wal(_ sample: JobSample, _ monitor: WALMonitorSettings) -> [MetricFamily] {
        var state = MetricFamily(
            "scry_backfill_wal_monitor_state", .gauge,
            "1 for where the slot's retained WAL stands between the thresholds, 0 for the others.")
        if let retained = sample.slot?.retainedBytes {
            let level = WALLevel(retained, monitor)
            for one in WALLevel.allCases { state.add(one == level ? 1 : 0, ["state": one.rawValue]) }
        }
        var thresholds = MetricFamily(
            "scry_backfill_wal_monitor_threshold_bytes", .gauge,
            "Retained WAL from which the monitor warns, or acts by on_critical.")
        thresholds.add(Double(monitor.warning), ["state": WALLevel.warning.rawValue])
        thresholds.add(Double(monitor.critical), ["state": WALLevel.critical.rawValue])
        return [state, thresholds]
    }

    private static func throttle(_ throttle: ThrottleStatus) -> [MetricFamily] {
        // By cause and not by its text, whose figures would make a new series each second.
        var causes = MetricFamily(
            "scry_backfill_throttle_gives_way", .gauge, "1 for a load that the copy gives way to now, else 0.")
        for cause in ThrottleCause.allCases {
            causes.add(throttle.causes.contains(cause) ? 1 : 0, ["cause": cause.rawValue])
        }
        return [
            MetricFamily(
                "scry_backfill_throttle_enabled", .gauge, "1 where the copy is limited, else 0.",
                throttle.settings.isEnabled ? 1 : 0),
            MetricFamily(
                "scry_backfill_throttle_limit_rows_per_second", .gauge,
                "Rows a second that the copy may read now; absent without a limit.",
                throttle.currentRowsPerSecond.map { Double($0) }),
            MetricFamily(
                "scry_backfill_throttle_limit_bytes_per_second", .gauge,
                "Bytes a second that the copy may read now; absent without a limit.",
                throttle.currentBytesPerSecond.map { Double($0) }),
            MetricFamily(
                "scry_backfill_throttle_share_ratio", .gauge,
                "What the adaptive throttle leaves of the copy's speed; 1 while the copy need not give way.",
                throttle.share),
            causes,
        ]
    }
}
