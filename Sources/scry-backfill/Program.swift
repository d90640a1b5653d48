import ArgumentParser
import Commands
import Configuration
import Glibc
import Libpq
import Postgres
import Shell

/// From the command line to the exit status: the shell, one command, or a subcommand with a life of its own.
struct Program {
    private let environment: ProgramEnvironment
    private let report: ErrorReport

    /// psql's exit statuses: 0; 1 for an error; 2 where a connection could not be made; 3 where a script was stopped.
    static func run(_ arguments: [String], variables: [String: String]) async -> Int32 {
        let environment: ProgramEnvironment
        do throws(PostgresError) {
            environment = try ProgramEnvironment(arguments: arguments, variables: variables)
        } catch {
            return ErrorReport(program: "scry-backfill").usage(error)
        }
        let program = Program(environment: environment, report: ErrorReport(program: environment.name))
        do throws(PostgresError) {
            return try await program.run()
        } catch {
            return program.report.failure(error)
        }
    }

    private func run() async throws(PostgresError) -> Int32 {
        if environment.isPsql { return try runShell(PsqlOption.psql) }
        let subcommands = RootCommand.subcommandNames
        switch Route(environment.arguments, subcommands: subcommands, commands: Command.ofProgram) {
        case .shell: return try runShell(PsqlOption.psql + PsqlOption.own)
        case .subcommand(let arguments): return try await runSubcommand(arguments)
        case .command(let command, let words): return try run(command, words)
        case .incomplete(let words, let candidates):
            let typed = words.joined(separator: " ")
            let nearest = closestMatch(to: typed, among: candidates.map(\.name)).map { "Perhaps you meant \"\($0)\"." }
            let names = candidates.map { "\"\($0.name)\"" }.joined(separator: ", ")
            return report.usage(
                PostgresError(
                    "unknown command \"\(typed)\"", hint: nearest ?? "There are \(names).", sqlState: .syntaxError))
        }
    }

    // MARK: The shell

    private func runShell(_ table: [PsqlOption]) throws(PostgresError) -> Int32 {
        var invocation: ShellInvocation
        do throws(PostgresError) {
            invocation = try ShellInvocation(environment.arguments, table: table)
        } catch {
            return report.usage(error)
        }
        switch invocation.request {
        case .version:
            print(
                environment.isPsql
                    ? "psql (PostgreSQL) \(ShellSession.psqlVersion)"
                    : "scry-backfill (psql \(ShellSession.psqlVersion))")
            return 0
        case .help("options"):
            print(
                HelpText.program(
                    name: environment.name, options: table, commands: environment.isPsql ? [] : Command.ofProgram,
                    subcommands: RootCommand.summaries), terminator: "")
            return 0
        case .help(let topic):
            ShellSession(
                options: invocation.options, configuration: Configuration(), source: ConnectionString(), shadow: nil,
                interrupt: try Interrupt()
            ).printHelp(variables: topic == "variables")
            return 0
        case .shell: break
        }
        if !invocation.options.variables.contains(where: { $0.name == "QUIET" && $0.value != nil }) {
            for argument in invocation.ignored { report.warning("extra command-line argument \"\(argument)\" ignored") }
        }
        let loaded = try environment.configuration(of: invocation)
        invocation.options.programName = environment.name
        if !environment.isPsql, let database = invocation.database, !ConnectionString.isConnectionString(database) {
            invocation.options.connectionHint = Route.hint(
                forDatabase: database, subcommands: RootCommand.subcommandNames, commands: Command.ofProgram)
        }
        let session = ShellSession(
            options: invocation.options, configuration: loaded.configuration,
            source: loaded.configuration.source.connection ?? ConnectionString(), shadow: loaded.configuration.shadow,
            interrupt: try Interrupt())
        return session.run()
    }

    // MARK: One command

    private func run(_ command: Command, _ words: [String]) throws(PostgresError) -> Int32 {
        if words.prefix(while: { $0 != "--" }).contains("--help") {
            print(HelpText.command(command, program: environment.name), terminator: "")
            return 0
        }
        let help = "\(command.name) --help"
        let line: CommandWords
        do {
            line = try CommandWords.parse(words)
        } catch {
            return report.usage(PostgresError(CommandWords.message(for: error), sqlState: .syntaxError), seeAlso: help)
        }
        let arguments: Arguments
        do throws(PostgresError) {
            arguments = try command.grammar.parse(line.words, of: command)
        } catch {
            var error = error
            // The shell's spelling, with a backslash, is not that of a command line.
            error.hint = error.hint?.replacing("Usage: \\", with: "Usage: \(environment.name) ")
            return report.usage(error, seeAlso: help)
        }
        let loaded = try line.servers.configuration(environment)
        return try environment.session(loaded).run(command, arguments)
    }

    // MARK: Subcommands

    private func runSubcommand(_ arguments: [String]) async throws(PostgresError) -> Int32 {
        do {
            var parsed = try RootCommand.parseAsRoot(arguments)
            if let subcommand = parsed as? any Subcommand { return try await subcommand.run(in: environment) }
            // ArgumentParser's own command for `--help`, which ends by throwing its text.
            try parsed.run()
            return 0
        } catch let error as PostgresError {
            throw error
        } catch {
            guard RootCommand.exitCode(for: error) != .success else {
                print(RootCommand.fullMessage(for: error))
                return 0
            }
            return report.usage(
                PostgresError(RootCommand.message(for: error), sqlState: .syntaxError),
                seeAlso: "\(arguments[0]) --help")
        }
    }
}

/// The words after a command's name: the options of every command, and the rest for the command's grammar.
private struct CommandWords: ParsableArguments {
    @OptionGroup var servers: ServerOptions
    @Argument(parsing: .allUnrecognized) var words: [String] = []
}

extension Command {
    /// The command layer's commands, and the check under the name that scripts use.
    static let ofProgram: [Command] = {
        let check = CommandTable.all.first { $0.name == "check" }
        let alias = check.map {
            Command("check-connections", $0.synopsis, help: $0.help, grammar: $0.grammar, run: $0.run)
        }
        return (alias.map { [$0] } ?? []) + CommandTable.all
    }()
}

extension ProgramEnvironment {
    /// The shell that runs one command and prints for it.
    func session(_ loaded: LoadedConfiguration) throws(PostgresError) -> ShellSession {
        var options = ShellOptions()
        options.programName = name
        options.readsStartupFile = false
        return ShellSession(
            options: options, configuration: loaded.configuration,
            source: loaded.configuration.source.connection ?? ConnectionString(), shadow: loaded.configuration.shadow,
            interrupt: try Interrupt())
    }
}
