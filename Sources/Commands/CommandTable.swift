/// Every command of the command layer, in the order in which `\?` shows them.
public enum CommandTable {
    public static let sections: [(title: String, commands: [Command])] = [
        (
            "Source",
            [
                .check, .tables, .publications, .publish, .unpublish, .slots, .slotCreate, .slotDrop, .wal, .roleCreate,
                .roleCheck, .hba, .reload,
            ]
        ),
        (
            "Backfill",
            [
                .backfillStart, .backfillStatus, .backfillTables, .backfillEvents, .backfillWait, .backfillThrottle,
                .backfillStop, .backfillResync, .backfillReset, .verify, .ddl,
            ]
        ),
    ]

    public static let all: [Command] = sections.flatMap(\.commands)

    /// The command with the longest name that the words begin with, and the words after it.
    public static func find(_ words: [String]) -> (command: Command, rest: ArraySlice<String>)? {
        let matching = all.filter { command in
            command.words.count <= words.count && zip(command.words, words).allSatisfy { $0 == $1 }
        }
        guard let command = matching.max(by: { $0.words.count < $1.words.count }) else { return nil }
        return (command, words.dropFirst(command.words.count))
    }
}
