import Configuration
import Postgres
import Shell

/// An option of the shell's command line, declared once for reading and for `--help`.
struct PsqlOption: Sendable {
    /// Where `--help` shows it.
    enum Section: String, CaseIterable, Sendable {
        case general = "General options"
        case input = "Input and output options"
        case format = "Output format options"
        case connection = "Connection options"
        case configuration = "Configuration options"
        case demo = "Demo options"
    }

    enum Value: Sendable {
        case none
        /// The placeholder for it in the help.
        case required(String)
        /// `--help[=TOPIC]`
        case optional(String)
    }

    let section: Section
    let letter: Character?
    let names: [String]
    let value: Value
    let help: String
    /// Takes the value ("" where there is none).
    let apply: @Sendable (inout ShellInvocation, String) throws(PostgresError) -> Void

    init(
        _ section: Section, _ letter: Character?, _ names: String..., value: Value = .none, help: String,
        apply: @escaping @Sendable (inout ShellInvocation, String) throws(PostgresError) -> Void
    ) {
        self.section = section
        self.letter = letter
        self.names = names
        self.value = value
        self.help = help
        self.apply = apply
    }

    var takesValue: Bool {
        if case .required = value { return true }
        return false
    }
}

extension PsqlOption {
    /// psql's options (manual, psql, "Options"), and the setting of the shell that each makes.
    static let psql: [PsqlOption] = [
        PsqlOption(
            .general, "c", "command", value: .required("COMMAND"),
            help: "run only single command (SQL or internal) and exit"
        ) { $0.options.actions.append(.command($1)) },
        PsqlOption(
            .general, "d", "dbname", value: .required("DBNAME"), help: "database name or connection string"
        ) { $0.database = $1 },
        PsqlOption(
            .general, "f", "file", value: .required("FILENAME"), help: "execute commands from file, then exit"
        ) { $0.options.actions.append(.file($1)) },
        PsqlOption(.general, "l", "list", help: "list available databases, then exit") { invocation, _ in
            invocation.options.listsDatabases = true
        },
        PsqlOption(
            .general, "v", "set", "variable", value: .required("NAME=VALUE"),
            help: "set variable NAME to VALUE (without =: unset it)"
        ) { $0.options.variables.append(assignment($1)) },
        PsqlOption(.general, "V", "version", help: "output version information, then exit") { invocation, _ in
            invocation.request = .version
        },
        PsqlOption(.general, "X", "no-psqlrc", help: "do not read startup file") { invocation, _ in
            invocation.options.readsStartupFile = false
        },
        PsqlOption(.general, "1", "single-transaction", help: "execute as a single transaction (if non-interactive)") {
            invocation, _ in invocation.options.singleTransaction = true
        },
        PsqlOption(
            .general, "?", "help", value: .optional("options"), help: "show this help, then exit"
        ) { (invocation: inout ShellInvocation, topic: String) throws(PostgresError) in
            guard ["", "options", "commands", "variables"].contains(topic) else {
                throw PostgresError(
                    "there is no help on \"\(topic)\"", hint: "Topics are options, commands, and variables.",
                    sqlState: .syntaxError)
            }
            invocation.request = .help(topic.isEmpty ? "options" : topic)
        },

        variable(.input, "a", "echo-all", "ECHO", "all", help: "echo all input from script"),
        variable(.input, "b", "echo-errors", "ECHO", "errors", help: "echo failed commands"),
        variable(.input, "e", "echo-queries", "ECHO", "queries", help: "echo commands sent to server"),
        variable(
            .input, "E", "echo-hidden", "ECHO_HIDDEN", "on", help: "display queries that internal commands generate"),
        PsqlOption(.input, "L", "log-file", value: .required("FILENAME"), help: "send session log to file") {
            $0.options.logFile = $1
        },
        PsqlOption(.input, "n", "no-readline", help: "disable enhanced command line editing") { invocation, _ in
            invocation.options.editsLines = false
        },
        PsqlOption(
            .input, "o", "output", value: .required("FILENAME"), help: "send query results to file (or |pipe)"
        ) { $0.options.output = $1 },
        variable(.input, "q", "quiet", "QUIET", "on", help: "run quietly (no messages, only query output)"),
        variable(.input, "s", "single-step", "SINGLESTEP", "on", help: "single-step mode (confirm each query)"),
        variable(.input, "S", "single-line", "SINGLELINE", "on", help: "single-line mode (end of line terminates SQL)"),

        setting("A", "no-align", "format", "unaligned", help: "unaligned table output mode"),
        setting(nil, "csv", "format", "csv", help: "CSV (Comma-Separated Values) table output mode"),
        setting("F", "field-separator", "fieldsep", value: "STRING", help: "field separator for unaligned output"),
        setting("H", "html", "format", "html", help: "HTML table output mode"),
        PsqlOption(
            .format, "P", "pset", value: .required("VAR[=ARG]"),
            help: "set printing option VAR to ARG (see \\pset command)"
        ) { $0.options.printSettings.append(assignment($1)) },
        setting("R", "record-separator", "recordsep", value: "STRING", help: "record separator for unaligned output"),
        setting("t", "tuples-only", "tuples_only", "on", help: "print rows only"),
        setting(
            "T", "table-attr", "tableattr", value: "TEXT", help: "set HTML table tag attributes (e.g., width, border)"),
        setting("x", "expanded", "expanded", "on", help: "turn on expanded table output"),
        setting("z", "field-separator-zero", "fieldsep_zero", nil, help: "set field separator to zero byte"),
        setting("0", "record-separator-zero", "recordsep_zero", nil, help: "set record separator to zero byte"),

        PsqlOption(
            .connection, "h", "host", value: .required("HOSTNAME"), help: "database server host or socket directory"
        ) { $0.host = $1 },
        PsqlOption(.connection, "p", "port", value: .required("PORT"), help: "database server port") { $0.port = $1 },
        PsqlOption(.connection, "U", "username", value: .required("USERNAME"), help: "database user name") {
            $0.user = $1
        },
        PsqlOption(.connection, "w", "no-password", help: "never prompt for password") { invocation, _ in
            invocation.options.passwordPrompt = .never
        },
        PsqlOption(
            .connection, "W", "password", help: "force password prompt (should happen automatically)"
        ) { invocation, _ in invocation.options.passwordPrompt = .always },
    ]

    /// The program's options beside psql's. Each key of the configuration is an option too, by its name.
    static let own: [PsqlOption] = [
        PsqlOption(
            .configuration, nil, "source", value: .required("CONNINFO"),
            help: "the source, as a connection string or URI"
        ) { $0.keys.append(ConfigurationLoader.Option("source.dsn", $1, spelling: "--source")) },
        PsqlOption(
            .configuration, nil, "shadow", value: .required("CONNINFO"),
            help: "the shadow, as a connection string or URI"
        ) { $0.keys.append(ConfigurationLoader.Option("shadow.dsn", $1, spelling: "--shadow")) },
        PsqlOption(
            .configuration, nil, "config", value: .required("FILENAME"),
            help: "configuration file (default: ./scry-backfill.toml)"
        ) { $0.configurationFile = $1 },
    ]

    private static func variable(
        _ section: Section, _ letter: Character, _ name: String, _ variable: String, _ value: String, help: String
    ) -> PsqlOption {
        PsqlOption(section, letter, name, help: help) { invocation, _ in
            invocation.options.variables.append(ShellOptions.Assignment(variable, value))
        }
    }

    private static func setting(
        _ letter: Character?, _ name: String, _ setting: String, _ value: String?, help: String
    ) -> PsqlOption {
        PsqlOption(.format, letter, name, help: help) { invocation, _ in
            invocation.options.printSettings.append(ShellOptions.Assignment(setting, value))
        }
    }

    private static func setting(
        _ letter: Character, _ name: String, _ setting: String, value: String, help: String
    ) -> PsqlOption {
        PsqlOption(.format, letter, name, value: .required(value), help: help) {
            $0.options.printSettings.append(ShellOptions.Assignment(setting, $1))
        }
    }

    /// `NAME=VALUE`, or `NAME` alone.
    private static func assignment(_ text: String) -> ShellOptions.Assignment {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        return ShellOptions.Assignment(String(parts[0]), parts.count > 1 ? String(parts[1]) : nil)
    }
}
