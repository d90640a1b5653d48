import ArgumentParser
import Configuration
import Postgres

/// The options by which every subcommand gets its servers: the configuration's, and psql's.
struct ServerOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The source, as a connection string or URI.", valueName: "conninfo"))
    var source: String?

    @Option(help: ArgumentHelp("The shadow, as a connection string or URI.", valueName: "conninfo"))
    var shadow: String?

    @Option(help: ArgumentHelp("Configuration file (default: ./scry-backfill.toml).", valueName: "filename"))
    var config: String?

    @Option(
        name: [.customShort("h"), .long],
        help: ArgumentHelp("The source's host or socket directory.", valueName: "hostname"))
    var host: String?

    @Option(name: .shortAndLong, help: "The source's port.")
    var port: String?

    @Option(name: [.customShort("U"), .long], help: "The source's role to connect as.")
    var username: String?

    @Option(name: .shortAndLong, help: "The source's database, or a connection string of the source.")
    var dbname: String?

    /// The configuration with these options over it.
    func configuration(_ environment: ProgramEnvironment) throws(PostgresError) -> LoadedConfiguration {
        var invocation = ShellInvocation()
        invocation.host = host
        invocation.port = port
        invocation.user = username
        invocation.database = dbname
        invocation.configurationFile = config
        for (path, value, spelling) in [("source.dsn", source, "--source"), ("shadow.dsn", shadow, "--shadow")] {
            guard let value else { continue }
            invocation.keys.append(ConfigurationLoader.Option(path, value, spelling: spelling))
        }
        return try environment.configuration(of: invocation)
    }
}
