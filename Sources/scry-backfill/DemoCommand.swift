import ArgumentParser
import Configuration
import Glibc
import Libpq
import Postgres
import Shell

/// The shell on two private servers, for trying everything out.
struct DemoCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "the shell on a private source and shadow with sample data and live traffic")

    /// Read as the shell's own command line is, so that the options and their order mean the same.
    @Argument(parsing: .captureForPassthrough)
    var arguments: [String] = []

    /// psql's options but those that say where to connect.
    static let options: [PsqlOption] =
        PsqlOption.psql.filter { option in
            option.section != .connection && !option.names.contains { ["dbname", "version"].contains($0) }
        } + [
            PsqlOption(.demo, nil, "keep", help: "keep the servers' folders, and say where they are") {
                invocation, _ in invocation.keepsServers = true
            }
        ]

    func run(in environment: ProgramEnvironment) async throws(PostgresError) -> Int32 {
        let report = ErrorReport(program: environment.name)
        var invocation: ShellInvocation
        do throws(PostgresError) {
            invocation = try ShellInvocation(arguments, table: Self.options)
            if let operand = invocation.database {
                throw PostgresError(
                    "the demo has its own databases and takes no \"\(operand)\"", sqlState: .syntaxError)
            }
        } catch {
            return report.usage(error, seeAlso: "demo --help")
        }
        guard invocation.request == .shell else {
            print(HelpText.demo(program: environment.name, options: Self.options), terminator: "")
            return 0
        }

        let isInteractive = invocation.options.actions.isEmpty && isatty(0) == 1 && isatty(1) == 1
        if isInteractive { report.progress("Starting a private source and a private shadow …") }
        let demo = try await Demo.start(keepingFolders: invocation.keepsServers)
        defer {
            demo.end()
            if invocation.keepsServers { report.progress(demo.places) }
        }
        let loaded = try configuration(of: demo, in: environment)
        invocation.options.programName = environment.name
        invocation.options.greeting = demo.greeting
        let session = ShellSession(
            options: invocation.options, configuration: loaded.configuration, source: demo.sourceParameters,
            shadow: loaded.configuration.shadow, interrupt: try Interrupt())
        return session.run()
    }

    /// The two servers as options given; the user's file and variables for other servers are not used.
    private func configuration(
        of demo: Demo, in environment: ProgramEnvironment
    ) throws(PostgresError) -> LoadedConfiguration {
        let servers = [("source.dsn", demo.sourceParameters), ("shadow.dsn", demo.shadowParameters)]
        let variables = environment.variables.filter { name, _ in
            !["SOURCE", "SHADOW"].contains { name.hasPrefix("SCRY_BACKFILL_" + $0) }
        }
        return try ConfigurationLoader(
            options: servers.map { ConfigurationLoader.Option($0.0, $0.1.conninfo, spelling: "demo") }
                + environment.keys,
            environment: variables, file: .none
        ).load()
    }
}
