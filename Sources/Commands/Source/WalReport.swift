internal import Backfill
internal import Catalog
internal import Configuration
internal import Job
internal import Libpq
internal import Postgres
internal import Publisher

/// The findings of `\wal`.
struct WalReport {
    /// In how many seconds a slot reaches a limit at the present rate.
    enum Limit {
        /// max_slot_wal_keep_size
        case keepSize(Double)
        /// The disk is full.
        case disk(Double)
        case notGrowing
        case unknown
    }

    struct Slot {
        let slot: ReplicationSlot
        /// Bytes a second; nil where the slot did not exist at the earlier sample.
        let rate: Double?
        let limit: Limit
        /// Nil where the slot retains nothing.
        let level: WALLevel?
    }

    let slots: [Slot]
    let growth: WALGrowth?
    let files: WALFiles?
    let disk: WalDisk?
    let keepSize: Int?
    /// False before 13.
    let hasKeepSize: Bool
    let settings: [(name: String, text: String)]
    let monitor: WALMonitorSettings
    /// The job's.
    let jobSlot: String

    init(_ context: CommandContext) throws(PostgresError) {
        let source = try context.openSource()
        jobSlot = context.configuration.source.replicationSlot
        monitor = WALMonitorSettings(context.configuration.walMonitor)
        let shadow = try? context.shadow?.connection()
        let found = try WALGrowth.measure(
            source: source, shadow: shadow, slot: jobSlot, interrupt: context.interrupt)
        growth = found.growth
        files = found.state.mayListFiles ? try source.walFiles() : nil
        let disk = try WalDisk(source, started: found.state.started)
        self.disk = disk
        let all = try source.settings(
            "max_slot_wal_keep_size", "max_wal_size", "wal_keep_size", "wal_keep_segments", "wal_segment_size",
            "checkpoint_timeout", "idle_replication_slot_timeout")
        keepSize = all["max_slot_wal_keep_size"]?.bytes
        hasKeepSize = all["max_slot_wal_keep_size"] != nil
        settings = Self.texts(all)
        let monitor = monitor
        slots = found.slots.map { slot in
            let rate = found.growth?.slotRates[slot.name]
            return Slot(
                slot: slot, rate: rate,
                limit: Self.limit(slot, rate, free: disk?.free),
                level: slot.retainedBytes.map { WALLevel($0, monitor) })
        }
    }

    private static func limit(_ slot: ReplicationSlot, _ rate: Double?, free: Int?) -> Limit {
        guard !slot.isLost, slot.retainedBytes != nil, let rate else { return .unknown }
        guard rate >= 1 else { return .notGrowing }
        if let safe = slot.safeWALSize { return .keepSize(Double(max(0, safe)) / rate) }
        return free.map { .disk(Double($0) / rate) } ?? .unknown
    }

    private static func texts(_ settings: [String: Setting]) -> [(name: String, text: String)] {
        settings.filter { $0.key != "max_slot_wal_keep_size" }.sorted { $0.key < $1.key }.map { name, setting in
            (
                name,
                setting.bytes.map(byteText) ?? [setting.value, setting.unit].compactMap { $0 }.joined(separator: " ")
            )
        }
    }

    // MARK: Warnings

    var warnings: [(message: String, hint: String)] { slots.flatMap(warnings) }

    private func warnings(_ entry: Slot) -> [(message: String, hint: String)] {
        let slot = entry.slot
        if slot.isLost {
            return [
                (
                    "slot \"\(slot.name)\" is lost: \(JobFault.walIsGone)",
                    "Its consumer must begin anew; drop the slot with \\slot drop \(slot.name)"
                )
            ]
        }
        guard let retained = slot.retainedBytes else { return [] }
        var warnings: [(message: String, hint: String)] = []
        let cure =
            slot.name == jobSlot
            ? "\\backfill status shows what the job waits for; \\slot drop \(slot.name) gives it up."
            : "Start its consumer, or drop the slot if no one needs it: \\slot drop \(slot.name)"
        if slot.walStatus == .unreserved {
            warnings.append(
                (
                    "slot \"\(slot.name)\" is about to be lost: it retains more than max_slot_wal_keep_size allows",
                    "Raise max_slot_wal_keep_size and reload now. " + cure
                ))
        }
        if monitor.isEnabled, let level = entry.level, level != .normal {
            let (name, bytes) =
                level == .critical
                ? ("max_wal_bytes_critical", monitor.critical) : ("max_wal_bytes_warning", monitor.warning)
            warnings.append(
                (
                    "slot \"\(slot.name)\" retains \(byteText(retained)) of WAL, more than \(name) (\(byteText(bytes)))",
                    cure
                ))
        }
        switch entry.limit {
        case .keepSize(let seconds) where seconds < 3600:
            warnings.append(("slot \"\(slot.name)\" is lost in \(durationText(seconds)) at this rate", cure))
        case .disk(let seconds) where seconds < 3600:
            warnings.append(
                (
                    "slot \"\(slot.name)\" fills the source's disk in \(durationText(seconds)) at this rate",
                    cure
                ))
        default: break
        }
        if warnings.isEmpty, !slot.isActive, (entry.rate ?? 0) >= 1 {
            warnings.append(("slot \"\(slot.name)\" is inactive, and retains more and more WAL", cure))
        }
        return warnings
    }
}
