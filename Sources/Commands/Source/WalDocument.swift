internal import Backfill
internal import Catalog
internal import Job
internal import Postgres

/// The document of `\wal --json`.
struct WalDocument: Encodable, Sendable {
    struct Slot: Encodable, Sendable {
        let wal: SlotWAL
        let bytesPerSecond: OrNull<Double>
        /// `max_slot_wal_keep_size` or `disk`.
        let limit: OrNull<String>
        let secondsToLimit: OrNull<Double>
        let level: OrNull<String>

        private enum CodingKeys: String, CodingKey {
            case limit, level
            case bytesPerSecond = "bytes_per_second"
            case secondsToLimit = "seconds_to_limit"
        }

        func encode(to encoder: any Encoder) throws {
            try wal.encode(to: encoder)
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(bytesPerSecond, forKey: .bytesPerSecond)
            try container.encode(limit, forKey: .limit)
            try container.encode(secondsToLimit, forKey: .secondsToLimit)
            try container.encode(level, forKey: .level)
        }
    }

    struct Measured: Encodable, Sendable {
        let seconds: Double
        /// `engine` or `now`.
        let by: String
    }

    struct Monitor: Encodable, Sendable {
        let enabled: Bool
        let interval: Int
        let warning: Int
        let critical: Int
        let onCritical: String

        private enum CodingKeys: String, CodingKey {
            case enabled
            case interval = "check_interval_secs"
            case warning = "max_wal_bytes_warning"
            case critical = "max_wal_bytes_critical"
            case onCritical = "on_critical"
        }
    }

    let slots: [Slot]
    let measured: OrNull<Measured>
    let bytesPerSecond: OrNull<Double>
    let walFiles: OrNull<Int>
    let walBytes: OrNull<Int>
    let diskFree: OrNull<Int>
    let diskTotal: OrNull<Int>
    let keepSize: OrNull<Int>
    let monitor: Monitor
    let warnings: [String]

    private enum CodingKeys: String, CodingKey {
        case slots, measured, monitor, warnings
        case bytesPerSecond = "bytes_per_second"
        case walFiles = "pg_wal_files"
        case walBytes = "pg_wal_bytes"
        case diskFree = "disk_free_bytes"
        case diskTotal = "disk_total_bytes"
        case keepSize = "max_slot_wal_keep_size"
    }

    init(_ report: WalReport) {
        slots = report.slots.map { entry in
            let limit: (String, Double)? =
                switch entry.limit {
                case .keepSize(let seconds): ("max_slot_wal_keep_size", seconds)
                case .disk(let seconds): ("disk", seconds)
                case .notGrowing, .unknown: nil
                }
            return Slot(
                wal: SlotWAL(entry.slot), bytesPerSecond: OrNull(entry.rate), limit: OrNull(limit?.0),
                secondsToLimit: OrNull(limit?.1), level: OrNull(entry.level?.rawValue))
        }
        measured = OrNull(
            report.growth.map { Measured(seconds: $0.seconds, by: $0.isFromEngine ? "engine" : "now") })
        bytesPerSecond = OrNull(report.growth?.serverRate)
        walFiles = OrNull(report.files?.count)
        walBytes = OrNull(report.files?.bytes)
        diskFree = OrNull(report.disk?.free)
        diskTotal = OrNull(report.disk?.total)
        keepSize = OrNull(report.keepSize)
        monitor = Monitor(
            enabled: report.monitor.isEnabled, interval: report.monitor.interval, warning: report.monitor.warning,
            critical: report.monitor.critical, onCritical: report.monitor.onCritical.rawValue)
        warnings = report.warnings.map(\.message)
    }
}
