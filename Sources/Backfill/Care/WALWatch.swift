internal import Catalog
internal import Job
internal import Postgres

/// Checks one sample of the job's slot after another: which changes to report, and what to do.
///
///     normal ──≥ warning──▶ warning ──≥ critical──▶ critical      each reported once, when it is crossed upwards
///        ◀──< 80 % of warning──    ◀──< 80 % of critical──         reported as news
///
/// The gap between the two directions keeps a slot that hovers at a threshold from being reported again and again. wal_status
/// is reported as it gets worse, and may get better in silence: once the slot is `reserved` again and retains less than
/// 80 % of what it did, the next worsening is news.
///
/// At critical:
///
///     warn        reported
///     stop        the engine ends. Not where the first sample finds the slot there already: the engine was started in spite of
///                 it, to catch up.
///     drop_slot   the slot is dropped, also where the first sample finds it there
///
/// Whatever the setting, a slot that is lost ends the engine: a job cannot catch up with WAL that the server has
/// removed.
struct WALWatch {
    enum Action: Hashable {
        case nothing, stop, drop, lost
    }

    let settings: WALMonitorSettings
    let slot: String
    private(set) var level = WALLevel.normal
    private var isFirst = true
    private var hasActed = false
    /// Nil until the slot has been seen.
    private var isThere: Bool?
    /// The worst status that was reported, with the bytes that the slot retained then.
    private var reported: (status: ReplicationSlot.WALStatus, retained: Int)?
    private var hasReportedLimit = false

    init(_ settings: WALMonitorSettings, slot: String) {
        self.settings = settings
        self.slot = slot
    }

    /// - Parameters:
    ///   - found: the slot; nil where there is none.
    /// - Parameter mayAct: false while it is not certain that the job is this engine's. Actions wait until then.
    mutating func take(_ found: ReplicationSlot?, mayAct: Bool = true) -> (events: [JobEvent], action: Action) {
        defer { isFirst = false }
        guard let found else { return (vanished(), .nothing) }
        isThere = true
        if found.isLost {
            defer { hasActed = true }
            return ([], hasActed ? .nothing : .lost)
        }
        let retained = found.retainedBytes ?? 0
        let events = levelEvents(retained) + statusEvents(found, retained) + limitEvents(found, retained)
        return (events, action(mayAct: mayAct))
    }

    private mutating func vanished() -> [JobEvent] {
        guard isThere == true else { return [] }
        isThere = false
        return [
            JobEvent(
                .warning, "replication slot \"\(slot)\" does not exist any more")
        ]
    }

    // MARK: Level

    private mutating func levelEvents(_ retained: Int) -> [JobEvent] {
        let now = WALLevel(retained, settings)
        if now > level {
            level = now
            return [now == .critical ? criticalEvent(retained) : warningEvent(retained)]
        }
        // Each threshold must be left clearly.
        let below = WALLevel(Int(Double(retained) * 1.25), settings)
        guard below < level else { return [] }
        level = below
        hasActed = false
        let left = below == .normal ? "max_wal_bytes_warning" : "max_wal_bytes_critical"
        return [
            JobEvent(
                .log, "slot \"\(slot)\" retains \(byteText(retained)) of WAL, less than \(left) again")
        ]
    }

    private func warningEvent(_ retained: Int) -> JobEvent {
        JobEvent(
            .warning,
            "slot \"\(slot)\" retains \(byteText(retained)) of WAL, more than max_wal_bytes_warning (\(byteText(settings.warning)))",
            hint: "\\wal shows how fast it grows, \\backfill status what the job waits for.")
    }

    private func criticalEvent(_ retained: Int) -> JobEvent {
        let hint =
            switch settings.onCritical {
            case .warn:
                "The source's disk may fill up. Find what the job waits for (\\backfill status), or give the slot up: \\backfill stop, \\slot drop \(slot)"
            case .stop where isFirst:
                "It did so when the engine began, so the engine goes on, to catch up; \\wal shows how it goes."
            case .stop: "The engine stops, as on_critical says."
            case .dropSlot: "The slot is dropped, as on_critical says."
            }
        return JobEvent(
            .warning,
            "slot \"\(slot)\" retains \(byteText(retained)) of WAL, more than max_wal_bytes_critical (\(byteText(settings.critical)))",
            hint: hint)
    }

    private mutating func action(mayAct: Bool) -> Action {
        guard level == .critical, !hasActed else { return .nothing }
        switch settings.onCritical {
        case .warn:
            hasActed = true
            return .nothing
        case .stop where isFirst:
            hasActed = true
            return .nothing
        case .stop, .dropSlot:
            guard mayAct else { return .nothing }
            hasActed = true
            return settings.onCritical == .stop ? .stop : .drop
        }
    }

    // MARK: The server's own limit

    private mutating func statusEvents(_ found: ReplicationSlot, _ retained: Int) -> [JobEvent] {
        guard let status = found.walStatus else { return [] }
        if status == .reserved, let reported, Double(retained) < Double(reported.retained) * 0.8 { self.reported = nil }
        guard status.rank > reported?.status.rank ?? 0 else { return [] }
        reported = (status, retained)
        switch status {
        case .extended:
            // Without max_slot_wal_keep_size that is no danger in itself.
            let limit = found.safeWALSize.map { "; \(byteText($0)) are left until max_slot_wal_keep_size" } ?? ""
            return [
                JobEvent(
                    found.safeWALSize == nil ? .log : .warning,
                    "slot \"\(slot)\" retains more WAL than max_wal_size (wal_status extended)\(limit)")
            ]
        case .unreserved:
            return [
                JobEvent(
                    .warning,
                    "slot \"\(slot)\" is about to be lost: it retains more WAL than max_slot_wal_keep_size allows (wal_status unreserved)",
                    hint:
                        "One of the next checkpoints removes it. Raise max_slot_wal_keep_size on the source now: ALTER SYSTEM SET max_slot_wal_keep_size = '\(byteText(max(retained, 1 << 20) * 2).split(separator: " ").joined())'; SELECT pg_reload_conf();"
                )
            ]
        case .reserved, .lost: return []
        }
    }

    /// Less than a fifth of max_slot_wal_keep_size is left.
    private mutating func limitEvents(_ found: ReplicationSlot, _ retained: Int) -> [JobEvent] {
        guard let safe = found.safeWALSize, safe > 0, retained > 0 else { return [] }
        let isNear = safe < (retained + safe) / 5
        if !isNear, safe > (retained + safe) / 4 { hasReportedLimit = false }
        guard isNear, !hasReportedLimit else { return [] }
        hasReportedLimit = true
        return [
            JobEvent(
                .warning, "slot \"\(slot)\" is lost after \(byteText(safe)) more of WAL (max_slot_wal_keep_size)",
                hint: "Raise max_slot_wal_keep_size on the source, or find what the job waits for: \\backfill status.")
        ]
    }
}

extension ReplicationSlot.WALStatus {
    fileprivate var rank: Int {
        switch self {
        case .reserved: 0
        case .extended: 1
        case .unreserved: 2
        case .lost: 3
        }
    }
}
