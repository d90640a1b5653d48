internal import Postgres

/// The variables that psql treats specially (startup.c, EstablishVariableSpace).
enum SpecialVariables {
    static let hooks: [String: VariableSpace.Hook] = [
        "AUTOCOMMIT": bool("AUTOCOMMIT") { $0.autocommit = $1 },
        "COMP_KEYWORD_CASE": choice(
            "COMP_KEYWORD_CASE", unset: "preserve-upper", listed: "lower, upper, preserve-lower, preserve-upper"
        ) { $0.keywordCase = $1 },
        "ECHO": choice("ECHO", unset: "none", listed: "none, errors, queries, all") { $0.echo = $1 },
        "ECHO_HIDDEN": boolOr("ECHO_HIDDEN", "noexec", on: .on, off: .off) { $0.echoHidden = $1 },
        "FETCH_COUNT": number("FETCH_COUNT", unset: "0") { $0.fetchCount = $1 },
        "HIDE_TABLEAM": bool("HIDE_TABLEAM") { $0.hideTableAccessMethod = $1 },
        "HIDE_TOAST_COMPRESSION": bool("HIDE_TOAST_COMPRESSION") { $0.hideCompression = $1 },
        "HISTCONTROL": choice("HISTCONTROL", unset: "none", listed: "none, ignorespace, ignoredups, ignoreboth") {
            $0.historyControl = $1
        },
        "HISTFILE": text { _, _ in },
        "HISTSIZE": number("HISTSIZE", unset: "500") { $0.historySize = $1 },
        "IGNOREEOF": ignoreEOF,
        "ON_ERROR_ROLLBACK": boolOr("ON_ERROR_ROLLBACK", "interactive", on: .on, off: .off) {
            $0.onErrorRollback = $1
        },
        "ON_ERROR_STOP": bool("ON_ERROR_STOP") { $0.onErrorStop = $1 },
        "PROMPT1": text { $0.prompt1 = $1 },
        "PROMPT2": text { $0.prompt2 = $1 },
        "PROMPT3": text { $0.prompt3 = $1 },
        "QUIET": bool("QUIET") { $0.quiet = $1 },
        "SHOW_ALL_RESULTS": bool("SHOW_ALL_RESULTS") { $0.showAllResults = $1 },
        "SHOW_CONTEXT": choice("SHOW_CONTEXT", unset: "errors", listed: "never, errors, always") {
            $0.showContext = $1
        },
        "SINGLELINE": bool("SINGLELINE") { $0.singleLine = $1 },
        "SINGLESTEP": bool("SINGLESTEP") { $0.singleStep = $1 },
        "VERBOSITY": choice("VERBOSITY", unset: "default", listed: "default, verbose, terse, sqlstate") {
            $0.verbosity = $1
        },
    ]

    /// Unset is `off`, empty is `on`.
    @Sendable private static func boolText(_ value: String?) -> String? {
        value.map { $0.isEmpty ? "on" : $0 } ?? "off"
    }

    private static func bool(
        _ name: String, _ assign: @escaping @Sendable (inout ShellSettings, Bool) -> Void
    ) -> VariableSpace.Hook {
        VariableSpace.Hook(substitute: boolText) { value, settings throws(PostgresError) in
            guard let parsed = VariableValue.bool(value) else { throw notBoolean(value ?? "", name) }
            assign(&settings, parsed)
        }
    }

    private static func boolOr<Value: RawRepresentable & Sendable>(
        _ name: String, _ third: String, on: Value, off: Value,
        _ assign: @escaping @Sendable (inout ShellSettings, Value) -> Void
    ) -> VariableSpace.Hook where Value.RawValue == String {
        VariableSpace.Hook(substitute: boolText) { value, settings throws(PostgresError) in
            if let value, value.lowercased() == third, let parsed = Value(rawValue: third) {
                assign(&settings, parsed)
            } else if let parsed = VariableValue.bool(value) {
                assign(&settings, parsed ? on : off)
            } else {
                throw notListed(value ?? "", name, "on, off, \(third)")
            }
        }
    }

    private static func choice<Value: RawRepresentable & Sendable>(
        _ name: String, unset: String, listed: String,
        _ assign: @escaping @Sendable (inout ShellSettings, Value) -> Void
    ) -> VariableSpace.Hook where Value.RawValue == String {
        VariableSpace.Hook(
            substitute: { $0 ?? unset },
            assign: { value, settings throws(PostgresError) in
                guard let value, let parsed = Value(rawValue: value.lowercased()) else {
                    throw notListed(value ?? "", name, listed)
                }
                assign(&settings, parsed)
            })
    }

    private static func number(
        _ name: String, unset: String, _ assign: @escaping @Sendable (inout ShellSettings, Int) -> Void
    ) -> VariableSpace.Hook {
        VariableSpace.Hook(
            substitute: { $0 ?? unset },
            assign: { value, settings throws(PostgresError) in
                guard let parsed = VariableValue.integer(value) else {
                    throw PostgresError(
                        "invalid value \"\(value ?? "")\" for \"\(name)\": integer expected",
                        sqlState: .invalidParameterValue)
                }
                assign(&settings, parsed)
            })
    }

    /// As in bash: a value that is no number means 10.
    private static let ignoreEOF = VariableSpace.Hook(
        substitute: { value in
            guard let value else { return "0" }
            return VariableValue.integer(value) == nil ? "10" : value
        },
        assign: { value, settings throws(PostgresError) in settings.ignoreEOF = VariableValue.integer(value) ?? 0 })

    private static func text(
        _ assign: @escaping @Sendable (inout ShellSettings, String) -> Void
    ) -> VariableSpace.Hook {
        VariableSpace.Hook { value, settings throws(PostgresError) in assign(&settings, value ?? "") }
    }

    static func notBoolean(_ value: String, _ name: String) -> PostgresError {
        PostgresError(
            "unrecognized value \"\(value)\" for \"\(name)\": Boolean expected", sqlState: .invalidParameterValue)
    }

    /// psql's wording, in which the values that can be follow on a line of their own.
    static func notListed(_ value: String, _ name: String, _ listed: String) -> PostgresError {
        PostgresError(
            "unrecognized value \"\(value)\" for \"\(name)\"\nAvailable values are: \(listed).",
            sqlState: .invalidParameterValue)
    }
}
