import Commands
import Shell

/// The text of `--help`, made of the same tables that read the command line.
enum HelpText {
    static func program(name: String, options: [PsqlOption], commands: [Command], subcommands: [(String, String)])
        -> String
    {
        var text = """
            \(name) is a shell for PostgreSQL\(commands.isEmpty ? "" : " that keeps a shadow of a production database").

            Usage:
              \(name) [OPTION]... [DBNAME [USERNAME]]

            """
        if !commands.isEmpty { text += "  \(name) COMMAND [ARGUMENT]... [--json]\n" }
        for section in PsqlOption.Section.allCases {
            let shown = options.filter { $0.section == section }
            guard !shown.isEmpty else { continue }
            text += "\n\(section.rawValue):\n" + list(shown.map { (spelling($0), $0.help) })
            if section == .configuration {
                text += list([("    --TABLE.KEY=VALUE", "any key of the file, such as --backfill.jobs=8")])
            }
        }
        guard !commands.isEmpty else { return text }
        let all = subcommands + commands.map { ($0.name, $0.help) }
        text += "\nCommands:\n" + list(all.map { ("  " + $0.0, $0.1) })
        text += "\n\"\(name) COMMAND --help\" explains one.\n"
        return text
    }

    static func demo(program: String, options: [PsqlOption]) -> String {
        var text = """
            The shell on a private source, with sample data and live traffic, and an empty private shadow. Both are gone
            when it ends.

            Usage:
              \(program) demo [OPTION]...

            """
        for section in PsqlOption.Section.allCases {
            let shown = options.filter { $0.section == section }
            if !shown.isEmpty { text += "\n\(section.rawValue):\n" + list(shown.map { (spelling($0), $0.help) }) }
        }
        return text
    }

    static func command(_ command: Command, program: String) -> String {
        let usage = ["\(program) \(command.name)", command.synopsis].filter { !$0.isEmpty }.joined(separator: " ")
        var options = command.grammar.options.map { option in
            ("    " + option.name + (option.value.map { " \($0)" } ?? ""), "")
        }
        if command.grammar.takesPlus { options.append(("    --verbose", "show more columns")) }
        options.append(("    --json", "print one JSON document"))
        let servers = (PsqlOption.psql + PsqlOption.own).filter { option in
            ["host", "port", "username", "dbname", "source", "shadow", "config"].contains { option.names.contains($0) }
        }
        return """
            \(command.help)

            Usage:
              \(usage)

            Options:
            \(list(options))
            Connection options:
            \(list(servers.map { (spelling($0), $0.help) }))
            """
    }

    private static func spelling(_ option: PsqlOption) -> String {
        let letter = option.letter.map { "-\($0), " } ?? "    "
        let names = option.names.map { "--\($0)" }.joined(separator: ", ")
        switch option.value {
        case .none: return letter + names
        case .required(let value): return "\(letter)\(names)=\(value)"
        case .optional(let value): return "\(letter)\(names)[=\(value)]"
        }
    }

    /// Two columns, the second where the widest of the usual first ends.
    private static func list(_ rows: [(String, String)]) -> String {
        let width = min(rows.map(\.0.count).max() ?? 0, 33)
        return rows.map { left, right in
            guard !right.isEmpty else { return "  \(left)\n" }
            let gap =
                left.count > width
                ? "\n" + String(repeating: " ", count: width + 2) : String(repeating: " ", count: width - left.count)
            return "  \(left)\(gap)  \(right)\n"
        }.joined()
    }
}
