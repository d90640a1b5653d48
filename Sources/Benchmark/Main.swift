import ArgumentParser
import Glibc
import Postgres

/// Measures the program beside its peers: the same work on the same private servers, in turn, in one run. It reports
/// the ratio of the two, since seconds say more about the machine than about the program.
///
/// Each benchmark proves that both have done the work right; a wrong result is the one reason to fail. Speed is not.
@main
struct Main: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scry-benchmark", abstract: "measures scry-backfill beside its peers, on servers of its own",
        subcommands: [CopyBenchmark.self, FollowBenchmark.self, LoadBenchmark.self, ShellBenchmark.self])
}

/// One kind of work, done by the program and by a peer.
protocol BenchmarkCommand: ParsableCommand {
    var common: CommonOptions { get }
    /// Throws where one of the two fails or its result is wrong.
    func measure() throws(PostgresError) -> Report
}

extension BenchmarkCommand {
    func run() throws {
        do throws(PostgresError) {
            let report = try measure()
            print(try common.json ? report.json() : report.text)
        } catch {
            var lines = ["scry-benchmark: error: \(error.message)"]
            if let detail = error.detail { lines.append("DETAIL:  \(detail)") }
            if let hint = error.hint { lines.append("HINT:  \(hint)") }
            report(lines.joined(separator: "\n"))
            throw ExitCode.failure
        }
    }
}

/// The options that every benchmark has.
struct CommonOptions: ParsableArguments {
    @Option(help: "How often each of the two does the work.")
    var rounds = 3

    @Flag(inversion: .prefixedNo, help: "Whether the servers wait for the disk, as a production server does.")
    var fsync = true

    @Flag(help: "Print one JSON document.")
    var json = false

    @Option(
        help: ArgumentHelp("The scry-backfill to measure (default: the one beside this program).", valueName: "path"))
    var program: String?

    func validate() throws {
        guard rounds > 0 else { throw ValidationError("there must be at least one round") }
    }
}

/// Prints a line for the person who waits.
func report(_ text: String) {
    var bytes = Array((text + "\n").utf8)
    _ = unsafe write(2, &bytes, bytes.count)
}
