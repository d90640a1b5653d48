import ArgumentParser
import Commands
import Configuration
import Postgres
import Shell

/// The configuration in force.
struct ConfigCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "config", abstract: "print the configuration in force, and where each value comes from")

    @OptionGroup var servers: ServerOptions

    @Flag(help: "Print one JSON document.")
    var json = false

    func run(in environment: ProgramEnvironment) async throws(PostgresError) -> Int32 {
        let loaded = try servers.configuration(environment)
        let command = Command("config", "", help: Self.configuration.abstract) { _, _ in Self.output(loaded) }
        var arguments = Arguments()
        arguments.json = json
        return try environment.session(loaded).run(command, arguments)
    }

    static func output(_ loaded: LoadedConfiguration) -> Output {
        let columns = ["Key", "Value", "Origin"].map { OutputTable.Column($0) }
        let title = loaded.file.map { "Configuration, file \"\($0)\"" } ?? "Configuration, no file"
        return Output(
            [
                .table(
                    OutputTable(
                        title: title, columns: columns,
                        rows: loaded.settings.map { [$0.key, $0.value, $0.origin.description] }, footers: []))
            ], document: Document(loaded))
    }

    /// The document that `--json` prints.
    private struct Document: Encodable, Sendable {
        struct Setting: Encodable, Sendable {
            let key: String
            @OrNull var value: String?
            let origin: String
            let help: String
        }

        @OrNull var file: String?
        let settings: [Setting]

        init(_ loaded: LoadedConfiguration) {
            file = loaded.file
            settings = loaded.settings.map {
                Setting(key: $0.key, value: $0.value, origin: $0.origin.description, help: $0.help)
            }
        }
    }
}
