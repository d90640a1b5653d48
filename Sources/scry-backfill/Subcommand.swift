import ArgumentParser
import Postgres

/// A subcommand with options or a life of its own, beside the commands of the command layer.
protocol Subcommand: ParsableCommand {
    /// The exit status.
    func run(in environment: ProgramEnvironment) async throws(PostgresError) -> Int32
}

/// Where ArgumentParser finds the subcommands. `-h` is the host, as in psql, so that help has its long name only.
struct RootCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scry-backfill", subcommands: [RunCommand.self, ConfigCommand.self, DemoCommand.self],
        helpNames: .long)

    static var subcommandNames: [String] { summaries.map(\.0) }

    /// Names, each with what it does.
    static var summaries: [(String, String)] {
        configuration.subcommands.map { ($0.configuration.commandName ?? $0._commandName, $0.configuration.abstract) }
    }
}
