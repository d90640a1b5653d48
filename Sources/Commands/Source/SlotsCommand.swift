internal import Backfill
internal import Catalog
internal import Job
internal import Postgres
internal import Publisher

private struct SlotsArguments: CommandArguments {
    var pattern: String?
    var plus = false

    static var declared: [Argument<Self>] {
        [.operand(\.pattern, .slots), .plus(\.plus)]
    }
}

extension Command {
    static let slots = Command(
        "slots", "[PATTERN]", help: "list replication slots and the WAL that each retains",
        arguments: SlotsArguments.self
    ) { context, arguments throws(PostgresError) in
        let slots = try context.openSource().replicationSlots(matching: namePattern(arguments.pattern))
        let jobs = try SlotJobs(context)
        var blocks: [Output.Block] = [.table(slotTable(slots, jobs, plus: arguments.plus))]
        for slot in slots {
            guard let warning = slotWarning(slot, jobs) else { continue }
            blocks.append(.warning(warning.message, hint: warning.hint))
        }
        return Output(blocks, document: SlotsDocument(slots: slots.map { SlotDocument($0, hasJob: jobs.hasJob($0)) }))
    }

    /// A pattern for names that have no schema.
    static func namePattern(_ text: String?) throws(PostgresError) -> NamePattern? {
        guard let text else { return nil }
        var scanner = NameScanner(text)
        let pattern = try scanner.namePattern()
        guard scanner.isAtEnd else { throw scanner.unexpected() }
        return pattern
    }

    private static func slotTable(_ slots: [ReplicationSlot], _ jobs: SlotJobs, plus: Bool) -> OutputTable {
        var columns = [
            OutputTable.Column("name"), .init("plugin"), .init("type"), .init("database"), .init("active (pid)"),
            .init("wal_status"), .init("retained WAL", rightAligned: true), .init("safe WAL size", rightAligned: true),
            .init("lag", rightAligned: true), .init("restart_lsn"), .init("confirmed_flush_lsn"),
        ]
        if jobs.isKnown { columns.append(.init("job")) }
        if plus {
            columns += [.init("consumer"), .init("temporary"), .init("two-phase"), .init("invalidation reason")]
        }
        let rows = slots.map { slot in
            var row: [String?] = [
                slot.name, slot.plugin, slot.isLogical ? "logical" : "physical", slot.database,
                slot.holder.map { "t (\($0.processID))" } ?? booleanText(slot.isActive), slot.walStatus?.rawValue,
                slot.retainedBytes.map(byteText), slot.safeWALSize.map(byteText), slot.lagBytes.map(byteText),
                slot.restartLSN?.description, slot.confirmedFlushLSN?.description,
            ]
            if jobs.isKnown { row.append(jobs.hasJob(slot).map { $0 ? "yes" : "none" }) }
            if plus {
                row += [
                    slot.holder?.description, booleanText(slot.isTemporary), booleanText(slot.isTwoPhase),
                    slot.invalidationReason,
                ]
            }
            return row
        }
        return OutputTable(title: "List of replication slots", columns: columns, rows: rows)
    }

    private static func slotWarning(
        _ slot: ReplicationSlot, _ jobs: SlotJobs
    ) -> (message: String, hint: String)? {
        if slot.isLost {
            return (
                "slot \"\(slot.name)\" is lost: \(JobFault.walIsGone)",
                "Its consumer must begin anew; drop the slot with \\slot drop \(slot.name)."
            )
        }
        guard !slot.isActive, let retained = slot.retainedBytes, retained > 0 else { return nil }
        if jobs.hasJob(slot) == false {
            return (
                "slot \"\(slot.name)\" is inactive, retains \(byteText(retained)) of WAL, and no job of this shadow uses it",
                "If nothing else does (a subscription, another shadow's job), drop it: \\slot drop \(slot.name)"
            )
        }
        if jobs.hasJob(slot) == true {
            return (
                "slot \"\(slot.name)\" is inactive and retains \(byteText(retained)) of WAL for its job",
                "\\backfill start goes on from there; \\backfill reset --drop-slot gives the job up."
            )
        }
        return (
            "slot \"\(slot.name)\" is inactive and retains \(byteText(retained)) of WAL",
            "Start its consumer, or drop the slot if no one needs it: \\slot drop \(slot.name)"
        )
    }
}

/// Which slots have a job in the shadow, where there is a shadow that answers.
private struct SlotJobs {
    private var slots: Set<String>?
    private var database = ""

    init(_ context: CommandContext) throws(PostgresError) {
        guard context.shadow != nil else { return }
        do throws(PostgresError) {
            slots = try context.jobControl().knownSlots()
            database = try context.openSource().database
        } catch {
            // The list is of the source; without its shadow it is only shorter.
            guard error.origin != .interrupted else { throw error }
        }
    }

    var isKnown: Bool { slots != nil }

    /// Nil where that is not known: for a slot that could be no job's.
    func hasJob(_ slot: ReplicationSlot) -> Bool? {
        guard let slots, slot.isLogical, slot.plugin == "pgoutput", slot.database == database else { return nil }
        return slots.contains(slot.name)
    }
}

private struct SlotsDocument: Encodable, Sendable {
    let slots: [SlotDocument]
}

private struct SlotDocument: Encodable, Sendable {
    struct Consumer: Encodable, Sendable {
        let pid: Int
        let user: OrNull<String>
        let application: OrNull<String>
        let address: OrNull<String>
    }

    let wal: SlotWAL
    let plugin: OrNull<String>
    let type: String
    let database: OrNull<String>
    let temporary: Bool
    let activePID: OrNull<Int>
    let lagBytes: OrNull<Int>
    let restartLSN: OrNull<String>
    let confirmedFlushLSN: OrNull<String>
    let twoPhase: Bool
    let invalidationReason: OrNull<String>
    let consumer: OrNull<Consumer>
    /// A job of the shadow uses it; null where that is not known.
    let job: OrNull<Bool>

    init(_ slot: ReplicationSlot, hasJob: Bool?) {
        job = OrNull(hasJob)
        wal = SlotWAL(slot)
        plugin = OrNull(slot.plugin)
        type = slot.isLogical ? "logical" : "physical"
        database = OrNull(slot.database)
        temporary = slot.isTemporary
        activePID = OrNull(slot.holder?.processID)
        lagBytes = OrNull(slot.lagBytes)
        restartLSN = OrNull(slot.restartLSN?.description)
        confirmedFlushLSN = OrNull(slot.confirmedFlushLSN?.description)
        twoPhase = slot.isTwoPhase
        invalidationReason = OrNull(slot.invalidationReason)
        consumer = OrNull(
            slot.holder.map {
                Consumer(
                    pid: $0.processID, user: OrNull($0.user), application: OrNull($0.application),
                    address: OrNull($0.address))
            })
    }

    func encode(to encoder: any Encoder) throws {
        try wal.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(plugin, forKey: .plugin)
        try container.encode(type, forKey: .type)
        try container.encode(database, forKey: .database)
        try container.encode(temporary, forKey: .temporary)
        try container.encode(activePID, forKey: .activePID)
        try container.encode(lagBytes, forKey: .lagBytes)
        try container.encode(restartLSN, forKey: .restartLSN)
        try container.encode(confirmedFlushLSN, forKey: .confirmedFlushLSN)
        try container.encode(twoPhase, forKey: .twoPhase)
        try container.encode(invalidationReason, forKey: .invalidationReason)
        try container.encode(consumer, forKey: .consumer)
        try container.encode(job, forKey: .job)
    }

    private enum CodingKeys: String, CodingKey {
        case plugin, type, database, temporary, consumer, job
        case activePID = "active_pid"
        case lagBytes = "lag_bytes"
        case restartLSN = "restart_lsn"
        case confirmedFlushLSN = "confirmed_flush_lsn"
        case twoPhase = "two_phase"
        case invalidationReason = "invalidation_reason"
    }
}
