internal import Catalog
internal import Postgres

extension Preflight {
    static let maxReplicationSlots = Check(
        "max_replication_slots", "Replication slots", needs: [.source, .replication]
    ) { examination throws(PostgresError) in
        let slots = try examination.slots()
        let usage = Usage(total: try examination.limit("max_replication_slots"), used: slots.count)
        if slots.contains(where: { $0.name == examination.context.slot }) {
            return .pass("the job's slot exists; \(usage)", found: "\(usage)")
        }
        guard usage.free < 1 else { return .pass("\(usage)", found: "\(usage)") }
        let advice = SettingAdvice("max_replication_slots", "\(usage.total + 5)", examination.service)
        let idle = slots.filter { !$0.isActive }.map(\.name)
        return .fail(
            "no replication slot is free", found: "\(usage)", needed: "1 free",
            hint: advice.hint
                + (idle.isEmpty ? "" : " Or drop one that no one needs any more; inactive are: \(list(idle))."),
            fix: advice.fix)
    }

    /// How much of a limited resource is taken.
    struct Usage: CustomStringConvertible {
        let total: Int
        let used: Int
        var free: Int { max(total - used, 0) }
        var description: String { "\(total) total, \(used) used, \(free) free" }
    }
}
