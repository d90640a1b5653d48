internal import Catalog
internal import Postgres
internal import Publisher

private struct SlotDropArguments: CommandArguments {
    var name = ""
    var yes = false

    static var declared: [Argument<Self>] {
        [.operand(\.name, .slots), .flag("--yes", \.yes)]
    }
}

extension Command {
    static let slotDrop = Command(
        "slot drop", "NAME [--yes]", help: "drop a replication slot; its consumer cannot go on afterwards",
        arguments: SlotDropArguments.self
    ) { context, arguments throws(PostgresError) in
        let name = arguments.name
        let source = try context.openSource()
        guard let slot = try source.replicationSlot(name) else {
            throw PostgresError(
                "replication slot \"\(name)\" does not exist", hint: "\\slots lists those that do.",
                sqlState: .undefinedObject)
        }
        if !slot.isActive {
            let retained = slot.retainedBytes.map { "retains \(byteText($0)) of WAL" } ?? "retains no WAL"
            let position = slot.confirmedFlushLSN.map { ", its consumer has confirmed \($0)" } ?? ""
            try context.confirm(
                "Slot \"\(name)\" \(retained)\(position). A consumer cannot go on without it.\n"
                    + "Type the slot's name to drop it: ",
                expecting: name, yes: arguments.yes, of: "\\slot drop")
        }
        try source.dropSlot(slot)
        return Output([.text("slot \"\(name)\" dropped")], document: DroppedSlot(slot: name, dropped: true))
    }
}

private struct DroppedSlot: Encodable, Sendable {
    let slot: String
    let dropped: Bool
}
