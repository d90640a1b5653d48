internal import Catalog
internal import Libpq
internal import Postgres

extension Preflight {
    static let walRetention = Check(
        "wal_retention", "WAL that slots retain", needs: [.source, .replication]
    ) { examination throws(PostgresError) in
        let slots = try examination.slots()
        let maxSize = examination.settings["max_wal_size"]?.bytes ?? 0
        let facts = try retentionFacts(examination)
        let found = facts.joined(separator: ", ")
        let idle = slots.filter { slot in
            !slot.isActive && !slot.isLost && slot.name != examination.context.slot
                && (slot.retainedBytes.map { $0 > maxSize } ?? false)
        }
        guard idle.isEmpty else {
            return .warn(
                "inactive slots retain WAL: "
                    + list(idle.map { "\($0.name) \(byteText($0.retainedBytes ?? 0))" }),
                found: found, needed: "slots whose consumers run",
                hint: "Start their consumers, or drop the slots that no one needs any more.",
                fix: Fix(
                    idle.map { "SELECT pg_drop_replication_slot(\(quoteLiteral($0.name)));" }, .sourceByHand))
        }
        // A job's first copy takes long where the tables are large, and meanwhile its slot retains all WAL that is
        // written.
        if let limit = keptLimit(examination), limit < max(maxSize, leastLimit) {
            let wanted = max(maxSize, leastLimit)
            let advice = SettingAdvice(
                "max_slot_wal_keep_size", "\(wanted / 1_048_576)MB", examination.service, restarts: false)
            return .warn(
                "a slot that lags by \(byteText(limit)) is lost", found: found,
                needed: "max_slot_wal_keep_size of \(byteText(wanted)) or more, as far as the disk allows",
                hint: "What is written during the copy must be kept. \(advice.hint)", fix: advice.fix)
        }
        if let own = slots.first(where: { $0.name == examination.context.slot }), let safe = own.safeWALSize,
            let limit = keptLimit(examination), safe < limit / 10, !own.isLost
        {
            return .warn(
                "the job's slot is lost after \(byteText(max(safe, 0))) more of WAL", found: found,
                needed: "room for the job to catch up",
                hint: "Let the job run (\\backfill start), or raise max_slot_wal_keep_size. "
                    + SettingAdvice("max_slot_wal_keep_size", "-1", examination.service, restarts: false).hint)
        }
        if let timeout = examination.settings["idle_replication_slot_timeout"].flatMap({ Int($0.value) }), timeout > 0,
            timeout < 3600
        {
            let advice = SettingAdvice("idle_replication_slot_timeout", "0", examination.service, restarts: false)
            return .warn(
                "a job that is stopped for \(duration(seconds: timeout)) loses its slot",
                found: "idle_replication_slot_timeout \(duration(seconds: timeout))", needed: "an hour or more, or 0",
                hint: advice.hint, fix: advice.fix)
        }
        if let disk = try disk(examination), disk.freeBytes < max(2 * maxSize, leastLimit) {
            return .warn(
                "\(byteText(disk.freeBytes)) are free on the source's disk", found: found,
                needed: "room for the WAL that is written while the tables are copied",
                hint: "Free space first: a full disk stops the source. \\wal shows how fast the WAL grows.")
        }
        return .pass(found, found: found)
    }

    /// Below this limit of retained WAL a slot is soon lost.
    private static let leastLimit = 1 << 30

    /// max_slot_wal_keep_size (13 and later); nil where there is none.
    private static func keptLimit(_ examination: Examination) -> Int? {
        guard let setting = examination.settings["max_slot_wal_keep_size"], setting.value != "-1" else { return nil }
        return setting.bytes
    }

    private static func disk(_ examination: Examination) throws(PostgresError) -> Disk? {
        try Disk(of: examination.readSource(), dataDirectory: examination.settings["data_directory"]?.value)
    }

    /// The limits on the WAL that slots retain and the slots that retain it, for people.
    private static func retentionFacts(_ examination: Examination) throws(PostgresError) -> [String] {
        var facts: [String] = []
        if examination.settings["max_slot_wal_keep_size"] == nil {
            facts.append("no limit for slots before 13")
        } else {
            facts.append(keptLimit(examination).map { "slots keep up to \(byteText($0))" } ?? "no limit for slots")
        }
        let holders = try examination.slots().filter { $0.retainedBytes != nil && !$0.isLost }
        if let most = holders.max(by: { ($0.retainedBytes ?? 0) < ($1.retainedBytes ?? 0) }) {
            facts.append(
                "\(count(holders.count, "slot")) \(holders.count == 1 ? "retains" : "retain") WAL, "
                    + "\(most.name) the most: \(byteText(most.retainedBytes ?? 0))")
        }
        if let disk = try disk(examination) { facts.append("\(byteText(disk.freeBytes)) free on the disk") }
        if examination.service == .neon {
            facts.append("Neon removes a slot that is inactive for about 40 hours where another is active")
        }
        return facts
    }
}
