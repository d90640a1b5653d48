import Foundation
import LocalCluster
import Testing
import Waiting

/// The shell beside the installed psql: the same scripts with the same options, output and exit status byte for byte.
@Suite(.blocking, .enabled(if: Psql.isYardstick)) struct DifferentialTests {
    struct Example: Sendable, CustomTestStringConvertible {
        let arguments: [String]
        let input: String?
        init(_ arguments: String..., input: String? = nil) {
            self.arguments = arguments
            self.input = input
        }
        var testDescription: String { arguments.joined(separator: " ") + (input.map { " < \($0)" } ?? "") }
    }

    static let scripts = ["statements.sql", "commands.sql", "transactions.sql"]

    @Test(arguments: scripts, [["-q"], ["-a"], ["-e"], ["-b"], ["-E", "-A", "-t"], ["--csv", "-x"], ["-1"]])
    func standardInput(_ script: String, _ options: [String]) throws {
        try compare(options, input: script)
    }

    @Test(arguments: scripts) func file(_ script: String) throws {
        try compare(["-f", script])
        try compare(["-a", "-v", "ON_ERROR_STOP=1", "-f", script])
        try compare(["-f", "-"], input: script)
    }

    @Test(arguments: [
        Example("-c", "select 1", "-c", "select 2"), Example("-c", "select 1/0", "-c", "select 1"),
        Example("-c", "select 1", "-c", "bad"), Example("-c", "select 1; select 2; bad; select 3"),
        Example("-c", "\\echo hi", "-c", "\\p", "-c", "\\foo"), Example("-c", "\\q", "-c", "select 1"),
        Example("-f", "/nonexistent"), Example("-c", "bad", "-f", "/nonexistent", "-c", "select 1"),
        Example("-v", "ON_ERROR_STOP=1", "-c", "bad", "-c", "select 1"), Example("-P", "border=x", "-c", "select 1"),
        Example("-P", "foo=1", "-c", "select 1"), Example("-v", "a:b=1", "-c", "select 1"),
        Example("-v", "ECHO=foo", "-c", "select 1"), Example("-c", "select 1 \\; select 2"),
        Example("-c", "\\set x 5 \\\\ \\echo :x"), Example("-c", "select :x"), Example("-e", "-c", "select 1"),
        Example("-a", "-c", "select 1"), Example("-o", "out", "-c", "select 1", "-c", "\\! cat out"),
        Example("-c", "\\restrict foo", "-c", "\\echo 1", "-c", "\\unrestrict foo", "-c", "\\echo 2"),
        Example("-c", "copy (select 1) to stdout; select 2"),
        Example("-1", "-v", "ON_ERROR_STOP=1", "-c", "create table z()", "-c", "bad"),
        Example("-F", ",", "-A", "-R", ";", "-c", "values (1,2),(3,4)"),
        Example("-L", "log", "-c", "select 1", "-c", "\\! cat log"),
        Example("-c", "create table d(i int)", "-c", "copy d from stdin", "-c", "table d", input: "data"),
        Example("-c", "\\d", "-c", "\\dt", "-c", "\\d nothing"),
    ])
    func commands(_ example: Example) throws {
        try compare(example.arguments, input: example.input)
    }

    @Test func theConnection() throws {
        try compare(["-d", "no_such_database", "-c", "select 1"], status: 2, comparesOutput: false)
        try compare(["-c", "select pg_terminate_backend(pg_backend_pid())", "-c", "select 1"], status: 2)
        try compare(["-c", "\\c - - - 1", "-c", "select 1"])
        try compare(["-c", "\\c template1", "-c", "select current_database()", "-c", "\\c no_such", "-c", "select 1"])
        try compare([], input: "connect.sql")
    }

    @Test func anUnclosedIf() throws {
        try compare(["-v", "ON_ERROR_STOP=1"], input: "unclosed.sql", status: 3)
        try compare([], input: "unclosed.sql", status: 0)
    }

    /// Runs both in new databases and compares.
    private func compare(
        _ options: [String], input: String? = nil, status: Int32? = nil, comparesOutput: Bool = true
    ) throws {
        var outcomes: [Program.Outcome] = []
        for isPsql in [true, false] {
            let database = try SharedCluster.database()
            let folder = try TemporaryFolder()
            try Self.fill(folder.url)
            let program = isPsql ? Program.psql(database) : try Program.drop(in: database, folder: folder.url)
            var outcome = try program.run(["-X"] + options, input: input, folder: folder.url)
            outcome.output = Self.normalized(outcome.output, database)
            outcomes.append(outcome)
        }
        #expect(outcomes[1].status == status ?? outcomes[0].status)
        if comparesOutput, outcomes[1].output != outcomes[0].output {
            Issue.record("\(Self.difference(outcomes[0].output, outcomes[1].output))")
        }
    }

    /// The first line that differs.
    private static func difference(_ psql: String, _ own: String) -> String {
        let expected = psql.split(separator: "\n", omittingEmptySubsequences: false)
        let found = own.split(separator: "\n", omittingEmptySubsequences: false)
        let line = zip(expected, found).prefix { $0 == $1 }.count
        let before = expected[max(0, line - 3)..<line].joined(separator: "\n")
        return """
            line \(line + 1), after
            \(before)
            psql: \(line < expected.count ? expected[line] : "(the end)")
            own:  \(line < found.count ? found[line] : "(the end)")
            """
    }

    private static func fill(_ folder: URL) throws {
        let scripts = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Scripts")
        for name in try FileManager.default.contentsOfDirectory(atPath: scripts.path) {
            try FileManager.default.copyItem(at: scripts.appending(path: name), to: folder.appending(path: name))
        }
        try Data("1\n2\n\\.\n".utf8).write(to: folder.appending(path: "data"))
    }

    /// Without what differs from run to run: the database's name, process numbers, times, the version of the client.
    private static func normalized(_ text: String, _ database: TestDatabase) -> String {
        text.replacing(database.name, with: "DATABASE")
            .replacing(/PID \d+/, with: "PID N")
            .replacing(/'VERSION[A-Z_]*' = .*/, with: "")
    }
}
