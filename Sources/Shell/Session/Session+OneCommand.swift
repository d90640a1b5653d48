public import Commands
import Glibc
public import Postgres

extension ShellSession {
    /// Runs one command of the command layer as a program of its own (`scry-backfill slots`) and prints its output.
    ///
    /// Returns 0; 1 where it found a fault; 2 where a database could not be reached and the output says so. Throws what
    /// the command throws.
    public func run(_ command: Command, _ arguments: Arguments) throws(PostgresError) -> Int32 {
        Signals.install(interrupt)
        setLocale()
        defer { log.flush() }
        let output = try command.run(context, arguments)
        OutputPrinter(log: log, options: printOptions).print(output, asJSON: arguments.json)
        return output.couldConnect ? output.succeeded ? 0 : 1 : 2
    }

    /// The text that `\?` prints (`--help=commands`), or `\? variables`; needs no connection.
    public func printHelp(variables: Bool) {
        printPaged(variables ? VariableHelp.text(of: self) : CommandHelp.text(of: self))
    }

    /// The user's characters, and the server's numbers and messages.
    func setLocale() {
        _ = unsafe setlocale(LC_ALL, "")
        _ = unsafe setlocale(LC_NUMERIC, "C")
        _ = unsafe setlocale(LC_MESSAGES, "C")
    }
}
