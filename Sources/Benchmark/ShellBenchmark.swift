import ArgumentParser
import Foundation
import Libpq
import LocalCluster
import Postgres
import Processes

/// The shell beside psql: its start, large results, long scripts. The output of both must be the same, byte for byte.
struct ShellBenchmark: BenchmarkCommand {
    static let configuration = CommandConfiguration(
        commandName: "shell", abstract: "the shell's start, printing and scripts, beside psql")

    @OptionGroup var common: CommonOptions

    @Option(help: "Rows of the large results.")
    var rows = 1_000_000

    @Option(help: "Statements of the long script.")
    var statements = 20_000

    /// How often a start is repeated in a round.
    private static let starts = 20

    func measure() throws(PostgresError) -> Report {
        let program = try OurProgram(common.program)
        // The newest server here, since its psql is the yardstick.
        let server = try LocalCluster(.source, binDirectory: try ServerPrograms().directory, storage: .disk)
        try server.start()
        let script = server.folder + "/script.sql"
        do {
            try Statements.script(statements).write(toFile: script, atomically: false, encoding: .utf8)
        } catch {
            throw PostgresError(
                "could not write \"\(script)\": \(error.localizedDescription)",
                hint: "See that the temporary folder has free space.", sqlState: .ioError)
        }
        let rowsQuery = Statements.manyRows(rows)
        let works: [(name: String, arguments: [String], repeats: Int)] = [
            ("start, select 1", ["-c", Statements.connectionOnly], Self.starts),
            ("\(rows) rows, aligned", ["-c", rowsQuery], 1),
            ("\(rows) rows, csv", ["--csv", "-c", rowsQuery], 1),
            ("\(statements) statements", ["-f", script], 1),
        ]
        var comparisons: [Comparison] = []
        for work in works {
            report(work.name)
            let arguments = ["-X", "-d", server.connectionString().conninfo] + work.arguments
            // Called by the name of psql it is psql's drop-in.
            let ours = Self.call(program.path, arguments)
            let theirs = Self.call(server.programs.path("psql"), arguments)
            try Self.expectSameOutput(ours, theirs, in: server.folder)
            comparisons.append(
                try Comparison(
                    work.name, peer: "psql", rounds: common.rounds * work.repeats,
                    ours: { _ throws(PostgresError) in try Self.time(ours) },
                    theirs: { _ throws(PostgresError) in try Self.time(theirs) }))
        }
        return Report(title: "shell, PostgreSQL \(try server.connect().serverVersion.major)", comparisons: comparisons)
    }

    private static func call(_ path: String, _ arguments: [String]) -> ProgramCall {
        var call = ProgramCall(
            path, arguments, name: "psql",
            environment: ["PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "HOME": "/nonexistent"])
        call.output = .null
        return call
    }

    private static func time(_ call: ProgramCall) throws(PostgresError) -> Double {
        try seconds { () throws(PostgresError) in
            let process: ChildProcess
            do throws(SystemFailure) { process = try call.start() } catch { throw call.notStarted(error) }
            let status = process.wait()
            guard status == .success else { throw call.failed(status, "") }
        }
    }

    private static func expectSameOutput(
        _ ours: ProgramCall, _ theirs: ProgramCall, in folder: String
    ) throws(PostgresError) {
        var files: [String] = []
        for (name, call) in [("ours", ours), ("theirs", theirs)] {
            var call = call
            let file = "\(folder)/\(name).out"
            call.output = .appending(file)
            _ = try time(call)
            files.append(file)
        }
        defer { for file in files { try? FileManager.default.removeItem(atPath: file) } }
        guard FileManager.default.contentsEqual(atPath: files[0], andPath: files[1]) else {
            throw PostgresError(
                "the shell does not print what psql prints", detail: "psql \(ours.arguments.joined(separator: " "))",
                hint: "Compare the two outputs.", sqlState: .dataCorrupted)
        }
    }
}
