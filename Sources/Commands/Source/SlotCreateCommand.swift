internal import Catalog
internal import Postgres
internal import Publisher

private struct SlotCreateArguments: CommandArguments {
    var name = ""
    var timeout: Double?

    static var declared: [Argument<Self>] {
        [.operand(\.name), .seconds("--timeout", \.timeout)]
    }
}

extension Command {
    static let slotCreate = Command(
        "slot create", "NAME [--timeout SECONDS]",
        help:
            "create a logical replication slot of pgoutput; waits up to 60 s for open transactions (0: without limit)",
        arguments: SlotCreateArguments.self
    ) { context, arguments throws(PostgresError) in
        let name = arguments.name
        let seconds = arguments.timeout ?? 60
        let source = try context.openSource()
        // Reported before the wait, which may be long: whom to ask to end a transaction.
        for blocker in try source.slotBlockers().prefix(5) {
            context.progress("a new slot waits for \(blocker) to end its transaction")
        }
        let limit = seconds == 0 ? nil : Int(min(seconds * 1000, Double(Int32.max)).rounded(.up))
        let isNew = try source.createSlot(name, milliseconds: limit)
        let slot = try source.replicationSlot(name)
        return Output(
            [
                .text(
                    isNew
                        ? "slot \"\(name)\" created at \(slot?.confirmedFlushLSN?.description ?? "an unknown position")"
                        : "slot \"\(name)\" exists already")
            ],
            document: CreatedSlot(
                slot: name, created: isNew, confirmedFlushLSN: OrNull(slot?.confirmedFlushLSN?.description)))
    }
}

private struct CreatedSlot: Encodable, Sendable {
    let slot: String
    let created: Bool
    let confirmedFlushLSN: OrNull<String>

    private enum CodingKeys: String, CodingKey {
        case slot, created
        case confirmedFlushLSN = "confirmed_flush_lsn"
    }
}
