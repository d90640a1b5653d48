internal import Commands
internal import Libpq

/// `\?`, made from the tables of commands, psql's and the program's own.
extension PsqlCommand {
    static let helpCommands: [PsqlCommand] = [
        PsqlCommand(
            "?", section: .help,
            help: [
                Help("\\? [commands]", "show help on meta-commands"),
                Help("\\? variables", "show help on special variables"),
            ]
        ) { call in
            let topic = call.argument()
            call.session.printPaged(
                topic == "variables" ? VariableHelp.text(of: call.session) : CommandHelp.text(of: call.session))
            return .done
        }
    ]
}

extension ShellSession {
    /// Long text, through the pager where it does not fit the screen.
    func printPaged(_ text: String) {
        let lines = text.utf8.count { $0 == 0x0A }
        let isLong = printOptions.pager == .always || lines >= (standardOutput.screen?.rows ?? .max)
        if printOptions.pager != .off, standardOutput.canPage, isLong, let pager = standardOutput.openPager() {
            pager.write(text)
            pager.close(interrupted: false)
        } else {
            standardOutput.write(text)
            standardOutput.flush()
        }
    }
}

/// The text of `\?`.
enum CommandHelp {
    /// The column that the explanations begin in.
    private static let indent = 25

    static func text(of session: ShellSession) -> String {
        var sections: [String] = []
        for section in CommandTable.sections where !section.commands.isEmpty {
            let lines = section.commands.map { line(usage(of: $0), $0.help) }
            sections.append(section.title + "\n" + lines.joined())
        }
        for section in PsqlCommand.Section.allCases {
            var help = PsqlCommand.all.filter { $0.section == section }.flatMap(\.help)
            if section == .informational {
                help = DescribeCommand.all.map { PsqlCommand.Help("\\\($0.name)\($0.synopsis)", $0.help) }
            }
            guard !help.isEmpty else { continue }
            var text = section.rawValue + "\n"
            if section == .informational { text += "  (options: S = show system objects, + = additional detail)\n" }
            text += help.map { line($0.usage, filled($0.text, session)) }.joined()
            sections.append(text)
        }
        return sections.joined(separator: "\n")
    }

    private static func usage(of command: Command) -> String {
        let name = "\\" + command.name + (command.grammar.takesPlus ? "[+]" : "")
        return command.synopsis.isEmpty ? name : "\(name) \(command.synopsis)"
    }

    static func line(_ usage: String, _ text: String) -> String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let padding = String(repeating: " ", count: indent)
        var result = "  \\" + usage.dropFirst()
        result += result.count >= indent ? "\n" + padding : String(repeating: " ", count: indent - result.count)
        return result + lines.joined(separator: "\n" + padding) + "\n"
    }

    /// The text with the present values in its places.
    private static func filled(_ text: String, _ session: ShellSession) -> String {
        guard text.contains("%") else { return text }
        let options = session.printOptions
        let values = [
            "timing": PrintSetting.onOff(session.isTiming), "html": PrintSetting.onOff(options.format == .html),
            "tuples_only": PrintSetting.onOff(options.tuplesOnly), "expanded": options.expanded.rawValue,
            "database": session.connection.map { "\"\($0.database)\"" } ?? "no connection",
            "target": session.target.rawValue,
        ]
        return text.split(separator: "%", omittingEmptySubsequences: false).enumerated().map { index, part in
            index % 2 == 1 ? values[String(part)] ?? String(part) : String(part)
        }.joined()
    }
}

/// The text of `\? variables`.
enum VariableHelp {
    private static let lines: [(name: String, text: String)] = [
        ("AUTOCOMMIT", "if set, successful SQL commands are automatically committed"),
        (
            "COMP_KEYWORD_CASE",
            "determines the case used to complete SQL key words\n[lower, upper, preserve-lower, preserve-upper]"
        ),
        ("DBNAME", "the currently connected database name"),
        ("ECHO", "controls what input is written to standard output\n[all, errors, none, queries]"),
        (
            "ECHO_HIDDEN",
            "if set, display internal queries executed by backslash commands;\nif set to \"noexec\", just show them without execution"
        ),
        ("ENCODING", "current client character set encoding"),
        ("ERROR", "true if last query failed, else false"),
        ("FETCH_COUNT", "the number of result rows to fetch and display at a time (0 = unlimited)"),
        ("HIDE_TABLEAM", "if set, table access methods are not displayed"),
        ("HIDE_TOAST_COMPRESSION", "if set, compression methods are not displayed"),
        ("HISTCONTROL", "controls command history [ignorespace, ignoredups, ignoreboth]"),
        ("HISTFILE", "file name used to store the command history"),
        ("HISTSIZE", "maximum number of commands to store in the command history"),
        ("HOST", "the currently connected database server host"),
        ("IGNOREEOF", "number of EOFs needed to terminate an interactive session"),
        ("LASTOID", "value of the last affected OID"),
        ("LAST_ERROR_MESSAGE", "message of last error, or empty if none"),
        ("LAST_ERROR_SQLSTATE", "SQLSTATE of last error, or \"00000\" if none"),
        ("ON_ERROR_ROLLBACK", "if set, an error doesn't stop a transaction (uses implicit savepoints)"),
        ("ON_ERROR_STOP", "stop batch execution after error"),
        ("PORT", "server port of the current connection"),
        ("PROMPT1", "specifies the standard prompt; %T is the target, %t marks the shadow"),
        ("PROMPT2", "specifies the prompt used when a statement continues from a previous line"),
        ("PROMPT3", "specifies the prompt used during COPY ... FROM STDIN"),
        ("QUIET", "run quietly (same as -q option)"),
        ("ROW_COUNT", "number of rows returned or affected by last query, or 0"),
        ("SERVER_VERSION_NAME", "server's version (in short string or numeric format)"),
        ("SHOW_ALL_RESULTS", "show all results of a combined query (\\;) instead of only the last"),
        ("SHOW_CONTEXT", "controls display of message context fields [never, errors, always]"),
        ("SINGLELINE", "if set, end of line terminates SQL commands (same as -S option)"),
        ("SINGLESTEP", "single-step mode (same as -s option)"),
        ("SQLSTATE", "SQLSTATE of last query, or \"00000\" if no error"),
        ("USER", "the currently connected database user"),
        ("VERBOSITY", "controls verbosity of error reports [default, verbose, terse, sqlstate]"),
    ]

    static func text(of session: ShellSession) -> String {
        var text = "List of specially treated variables\n\nUsage:\n"
        text += "  \(session.log.programName) --set=NAME=VALUE\n  or \\set NAME VALUE inside the shell\n\n"
        for line in lines {
            text += "  \(line.name)\n    " + line.text.split(separator: "\n").joined(separator: "\n    ") + "\n"
        }
        return text
    }
}
