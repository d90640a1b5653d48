import Configuration
import Foundation
import Postgres

/// The arguments and the environment with which the process was started.
struct ProgramEnvironment: Sendable {
    /// As it was called; `psql` makes it a drop-in for psql.
    let name: String
    /// Without the program's name and the configuration's keys.
    let arguments: [String]
    /// Keys of the configuration that were given as options by their names (`--backfill.jobs 8`).
    let keys: [ConfigurationLoader.Option]
    let variables: [String: String]

    init(arguments all: [String], variables: [String: String]) throws(PostgresError) {
        name = all.first?.split(separator: "/").last.map(String.init) ?? "scry-backfill"
        self.variables = variables
        guard name != "psql" else {
            (arguments, keys) = (Array(all.dropFirst()), [])
            return
        }
        (arguments, keys) = try Self.takeKeys(all.dropFirst())
    }

    var isPsql: Bool { name == "psql" }

    /// Takes `--TABLE.KEY VALUE` and `--TABLE.KEY=VALUE` out, wherever they stand before `--`. No other option has a dot in
    /// its name.
    private static func takeKeys(
        _ arguments: ArraySlice<String>
    ) throws(PostgresError) -> ([String], [ConfigurationLoader.Option]) {
        var others: [String] = []
        var keys: [ConfigurationLoader.Option] = []
        var rest = arguments
        while let argument = rest.popFirst() {
            if argument == "--" {
                return (others + [argument] + rest, keys)
            }
            let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = parts.first, isKey(name) else {
                others.append(argument)
                continue
            }
            guard let value = parts.count > 1 ? String(parts[1]) : rest.popFirst() else {
                throw PostgresError(
                    "option \(name) requires a value", hint: "Write \(name) VALUE.", sqlState: .syntaxError)
            }
            keys.append(ConfigurationLoader.Option(String(name.dropFirst(2)), value, spelling: String(name)))
        }
        return (others, keys)
    }

    private static func isKey(_ name: Substring) -> Bool {
        let words = name.dropFirst(2).split(separator: ".", omittingEmptySubsequences: false)
        return name.hasPrefix("--") && words.count == 2
            && words.allSatisfy { word in
                !word.isEmpty && word.utf8.allSatisfy { (0x61...0x7A).contains($0) || $0 == UInt8(ascii: "_") }
            }
    }

    /// The configuration for these options. The drop-in for psql takes the source from psql's own ways alone, and reads no
    /// file: a file in the working directory must not redirect somebody's psql.
    func configuration(of invocation: ShellInvocation) throws(PostgresError) -> LoadedConfiguration {
        var loader = ConfigurationLoader(
            options: try invocation.connectionKeys() + keys, environment: variables,
            file: invocation.configurationFile.map { .named($0) } ?? .searched)
        if isPsql {
            loader.file = .none
            loader.environment = variables.filter { !$0.key.hasPrefix("SCRY_BACKFILL_SOURCE") }
        }
        return try loader.load()
    }
}
