internal import Commands

/// The context that completion gets beside the catalog.
extension ShellSession {
    /// The candidates for the text before the cursor, which follows the lines of the statement so far.
    func complete(_ text: String, after statement: [UInt8], in snapshot: CatalogSnapshot) -> Completion? {
        var completer = Completer()
        completer.snapshot = snapshot
        completer.commands = Self.completableCommands
        completer.variables = Set(variables.all.map(\.name) + variables.specialNames).sorted()
        completer.entries = folderEntries
        let earlier = statement.isEmpty ? "" : String(decoding: statement, as: UTF8.self) + "\n"
        return completer.complete(earlier + text)
    }

    private static let completableCommands: [CompletableCommand] =
        CommandTable.all.map { CompletableCommand($0.name, completions(of: $0.grammar)) }
        + PsqlCommand.all.flatMap { command in command.names.map { CompletableCommand($0, command.completes) } }
        + DescribeCommand.all.map { CompletableCommand($0.name, $0.completes.map { [$0] } ?? []) }

    private static func completions(of grammar: Grammar) -> [CompletionKind] {
        var kinds: [CompletionKind] = []
        switch grammar.completion {
        case .nothing: break
        case .tables: kinds = [.table]
        case .schemas: kinds = [.schema]
        case .slots: kinds = [.slot]
        case .publications: kinds = [.publication]
        case .roles: kinds = [.role]
        case .words(let words): kinds = [.words(words)]
        }
        if !grammar.options.isEmpty { kinds.append(.words(grammar.options.map(\.name) + ["--json"])) }
        return kinds
    }
}
