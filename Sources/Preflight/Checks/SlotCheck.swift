internal import Catalog
internal import Job
internal import Postgres

extension Preflight {
    static let slot = Check("slot", "Replication slot of the job", needs: [.source, .replication]) {
        examination throws(PostgresError) in
        let name = examination.context.slot
        let source = try examination.readSource()
        guard let slot = try examination.slots().first(where: { $0.name == name }) else {
            guard examination.context.jobFollowsSlot else {
                return .pass("slot \"\(name)\" does not exist and will be created", found: "no such slot")
            }
            return .fail(
                "slot \"\(name)\" of the job does not exist any more", found: "no such slot",
                needed: "the slot that the job follows",
                hint: "The changes since are lost with it, so the tables must be copied again: "
                    + "\\backfill resync --all, then \\backfill start, which makes a new slot.")
        }
        let drop = Fix(["SELECT pg_drop_replication_slot(\(quoteLiteral(name)));"], .sourceByHand)
        let rename = "Name another slot (replication_slot of [source]), or drop this one if no one needs it."
        guard slot.isLogical, slot.plugin == "pgoutput" else {
            let found = slot.plugin.map { "plugin \($0)" } ?? "a physical slot"
            return .fail(
                "slot \"\(name)\" is not one of pgoutput", found: found, needed: "a logical slot of plugin pgoutput",
                hint: rename, fix: drop)
        }
        guard slot.database == source.database else {
            return .fail(
                "slot \"\(name)\" belongs to another database", found: slot.database, needed: source.database,
                hint: rename)
        }
        guard !slot.isLost else {
            return .fail(
                "slot \"\(name)\" is lost: \(JobFault.walIsGone)",
                found: slot.invalidationReason ?? "wal_status lost", needed: "a slot whose WAL is kept",
                hint: (examination.context.jobFollowsSlot
                    ? "The tables must be copied again: \\backfill resync --all, then \\backfill start, which makes a new slot. "
                    : "Drop it: \\slot drop \(name). ")
                    + "Raise max_slot_wal_keep_size so that it does not happen again.", fix: drop)
        }
        guard !slot.isTemporary else {
            return .fail(
                "slot \"\(name)\" is temporary and goes with its session", found: "a temporary slot",
                needed: "a permanent slot", hint: rename)
        }
        if slot.isActive, !examination.context.engineIsRunning {
            let holder = slot.holder.map { "\($0)" } ?? "another session"
            return .warn(
                "slot \"\(name)\" is in use by \(holder)", found: "active, \(holder)", needed: "an inactive slot",
                hint: "A job waits until it is free. If that session is not yours to stop, name another slot "
                    + "(replication_slot of [source]).",
                fix: Fix(slot.holder.map { ["SELECT pg_terminate_backend(\($0.processID));"] } ?? [], .sourceByHand))
        }
        if slot.walStatus == .unreserved {
            let advice = SettingAdvice("max_slot_wal_keep_size", "-1", examination.service, restarts: false)
            return .warn(
                "slot \"\(name)\" is about to be lost", found: "wal_status unreserved", needed: "wal_status reserved",
                hint: "Let the job catch up now, or raise max_slot_wal_keep_size. \(advice.hint)", fix: advice.fix
            )
        }
        let state = slot.isActive ? "in use by the job's engine" : "inactive"
        return .pass("slot \"\(name)\" exists, \(state)", found: "pgoutput, \(state)")
    }
}
