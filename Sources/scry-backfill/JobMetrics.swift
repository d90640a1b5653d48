import Backfill
import Catalog
internal import Job
import Metrics
import Postgres

/// The data for one fetch of the metrics: how the job stands in the shadow, and its slot on the source.
struct JobSample: Sendable {
    /// Nil where the shadow could not be asked.
    var status: JobStatus?
    /// Nil where the source could not be asked, or has no such slot.
    var slot: ReplicationSlot?
    var sourceIsUp = false
}

/// The metrics of one engine, which runs one job. No value here shows a row or a secret.
enum JobMetrics {
    static func families(
        _ sample: JobSample, _ monitor: WALMonitorSettings, _ counters: EngineCounters
    ) -> [MetricFamily] {
        servers(sample) + (sample.status.map(job) ?? []) + (sample.slot.map(slot) ?? [])
            + CareMetrics.families(sample, monitor) + engine(counters)
    }

    private static func servers(_ sample: JobSample) -> [MetricFamily] {
        [
            MetricFamily(
                "scry_backfill_source_up", .gauge, "1 where the source answers, else 0.", sample.sourceIsUp ? 1 : 0),
            MetricFamily(
                "scry_backfill_shadow_up", .gauge, "1 where the shadow answers, else 0.", sample.status == nil ? 0 : 1),
        ]
    }

    private static func job(_ status: JobStatus) -> [MetricFamily] {
        var info = MetricFamily("scry_backfill_job_info", .gauge, "The job, in its labels.")
        info.add(
            1,
            ["slot": status.slot, "publication": status.publication ?? "", "mode": status.mode?.rawValue ?? ""])
        var state = MetricFamily("scry_backfill_state", .gauge, "1 for the state that the job is in, 0 for the others.")
        for one in JobState.allCases { state.add(one == status.state ? 1 : 0, ["state": one.rawValue]) }
        var tables = MetricFamily("scry_backfill_tables", .gauge, "Followed tables, by state.")
        let counts = status.tables
        for (name, count) in [
            ("pending", counts.pending), ("copying", counts.copying), ("ready", counts.ready),
            ("failed", counts.failed),
        ] {
            tables.add(Double(count), ["state": name])
        }
        return [
            info, state, tables,
            MetricFamily(
                "scry_backfill_copied_rows", .gauge, "Rows that the tables' copies have brought.",
                Double(status.rowsCopied)),
            MetricFamily(
                "scry_backfill_copied_bytes", .gauge, "Bytes of COPY data that the tables' copies have brought.",
                Double(status.bytesCopied)),
            MetricFamily(
                "scry_backfill_applied_lsn_bytes", .gauge, "The position in the source's WAL that the shadow shows.",
                status.appliedLSN.map { Double($0.bytes) }),
            MetricFamily(
                "scry_backfill_source_lsn_bytes", .gauge, "The end of the source's WAL.",
                status.sourceLSN.map { Double($0.bytes) }),
            MetricFamily(
                "scry_backfill_lag_bytes", .gauge, "WAL from the shadow's position to the end of the source's WAL.",
                status.lag.bytes.map { Double($0) }),
            MetricFamily(
                "scry_backfill_lag_seconds", .gauge,
                "The greatest possible age of the shadow's state; 0 without lag, absent while the source cannot be asked.",
                status.lag.seconds),
        ]
    }

    private static func slot(_ slot: ReplicationSlot) -> [MetricFamily] {
        [
            MetricFamily(
                "scry_backfill_slot_active", .gauge, "1 where the replication slot is being read, else 0.",
                slot.isActive ? 1 : 0),
            MetricFamily(
                "scry_backfill_slot_retained_wal_bytes", .gauge, "WAL that the source keeps for the replication slot.",
                slot.retainedBytes.map { Double($0) }),
            MetricFamily(
                "scry_backfill_slot_safe_wal_bytes", .gauge,
                "WAL that may still be written before the slot is in danger; absent without a limit.",
                slot.safeWALSize.map { Double($0) }),
        ]
    }

    private static func engine(_ counters: EngineCounters) -> [MetricFamily] {
        [
            MetricFamily(
                "scry_backfill_applied_transactions_total", .counter,
                "Transactions of the source that this engine has committed in the shadow.",
                Double(counters.appliedTransactions)),
            MetricFamily(
                "scry_backfill_applied_changes_total", .counter,
                "Changes of rows that this engine has committed in the shadow.", Double(counters.appliedChanges)),
            MetricFamily(
                "scry_backfill_retries_total", .counter,
                "How often this engine has begun anew after an error that passes by itself.",
                Double(counters.retriedAttempts)),
        ]
    }
}
