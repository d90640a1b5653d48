import Configuration
import Libpq
import Postgres
import Shell

/// A command line of the shell, read as psql reads it.
struct ShellInvocation: Sendable {
    enum Request: Hashable, Sendable {
        case shell
        case version
        /// `options`, `commands` or `variables`.
        case help(String)
    }

    var options = ShellOptions()
    var request = Request.shell
    var host: String?
    var port: String?
    var user: String?
    /// A name or a connection string.
    var database: String?
    /// Surplus arguments.
    var ignored: [String] = []
    var keys: [ConfigurationLoader.Option] = []
    var configurationFile: String?
    /// The demo's `--keep`.
    var keepsServers = false

    init() {}

    /// Reads options and operands as getopt_long(3) does: options may stand after operands, letters in clusters with a
    /// value at the end (`-XAtc 'select 1'`), long names may be cut where one option alone fits, and `--` ends them.
    ///
    /// Throws getopt's complaint. Like psql, stops at `--help` and `--version`.
    init(_ arguments: [String], table: [PsqlOption]) throws(PostgresError) {
        var rest = arguments[...]
        var operands: [String] = []
        while let argument = rest.popFirst(), request == .shell {
            if argument == "--" {
                operands += rest
                break
            } else if argument.hasPrefix("--") {
                try readLong(argument.dropFirst(2), &rest, table)
            } else if argument.hasPrefix("-"), argument != "-" {
                try readCluster(argument.dropFirst(), &rest, table)
            } else {
                operands.append(argument)
            }
        }
        for operand in operands {
            if database == nil {
                database = operand
            } else if user == nil {
                user = operand
            } else {
                ignored.append(operand)
            }
        }
    }

    private mutating func readLong(
        _ text: Substring, _ rest: inout ArraySlice<String>, _ table: [PsqlOption]
    ) throws(PostgresError) {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let (option, name) = try Self.find(String(parts[0]), table)
        let given = parts.count > 1 ? String(parts[1]) : nil
        switch option.value {
        case .none:
            guard given == nil else { throw Self.usage("option '--\(name)' doesn't allow an argument") }
            try option.apply(&self, "")
        case .optional: try option.apply(&self, given ?? "")
        case .required:
            guard let value = given ?? rest.popFirst() else {
                throw Self.usage("option '--\(name)' requires an argument")
            }
            try option.apply(&self, value)
        }
    }

    private mutating func readCluster(
        _ letters: Substring, _ rest: inout ArraySlice<String>, _ table: [PsqlOption]
    ) throws(PostgresError) {
        var letters = letters
        while let letter = letters.popFirst(), request == .shell {
            guard let option = table.first(where: { $0.letter == letter }) else {
                throw Self.usage("invalid option -- '\(letter)'")
            }
            guard option.takesValue else {
                try option.apply(&self, "")
                continue
            }
            guard let value = letters.isEmpty ? rest.popFirst() : String(letters) else {
                throw Self.usage("option requires an argument -- '\(letter)'")
            }
            try option.apply(&self, value)
            return
        }
    }

    /// The option of this name, or the only one whose name begins so.
    private static func find(_ name: String, _ table: [PsqlOption]) throws(PostgresError) -> (PsqlOption, String) {
        if let exact = table.first(where: { $0.names.contains(name) }) { return (exact, name) }
        let all = table.flatMap { option in option.names.map { (option, $0) } }
        let fitting = all.filter { $0.1.hasPrefix(name) }
        guard let first = fitting.first, !name.isEmpty else {
            let nearest = closestMatch(to: name, among: all.map(\.1))
            throw usage("unrecognized option '--\(name)'", hint: nearest.map { "Perhaps you meant \"--\($0)\"." })
        }
        guard Set(fitting.map { $0.0.names }).count == 1 else {
            let names = fitting.map { "'--\($0.1)'" }.joined(separator: " ")
            throw usage("option '--\(name)' is ambiguous; possibilities: \(names)")
        }
        return first
    }

    private static func usage(_ message: String, hint: String? = nil) -> PostgresError {
        PostgresError(message, hint: hint, sqlState: .syntaxError)
    }

    /// The connection's part of the options in the configuration's terms. As in psql, what a connection string holds wins
    /// over `-h`, `-p` and `-U`.
    ///
    /// Throws for a connection string that cannot be read, or one beside `--source`.
    func connectionKeys() throws(PostgresError) -> [ConfigurationLoader.Option] {
        var keys = keys
        var fixed: Set<String> = []
        if let database, ConnectionString.isConnectionString(database) {
            guard !keys.contains(where: { $0.path == "source.dsn" }) else {
                throw PostgresError(
                    "the source is named twice, with --source and with a connection string",
                    hint: "Leave one of them out.", sqlState: .syntaxError)
            }
            fixed = Set(try ConnectionString(parsing: database).parameters.keys)
            keys.append(ConfigurationLoader.Option("source.dsn", database, spelling: "-d"))
        } else if let database {
            keys.append(ConfigurationLoader.Option("source.database", database, spelling: "-d"))
        }
        let parts = [
            ("source.host", "host", host, "-h"), ("source.port", "port", port, "-p"),
            ("source.user", "user", user, "-U"),
        ]
        for (path, keyword, value, spelling) in parts where !fixed.contains(keyword) {
            if let value { keys.append(ConfigurationLoader.Option(path, value, spelling: spelling)) }
        }
        return keys
    }
}
