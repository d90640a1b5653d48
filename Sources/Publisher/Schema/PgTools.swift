internal import Foundation
internal import Libpq
internal import Postgres
internal import Processes

/// pg_dump: which one, and how it is run. It is the part of PostgreSQL that knows how to write a schema down.
struct PgTools {
    let pgDump: String
    let version: ServerVersion

    /// The oldest tools that are not older than `server` (pg_dump refuses a newer server), from PATH and from the folders
    /// where Debian's and Red Hat's packages put them.
    static func find(for server: ServerVersion) throws(PostgresError) -> PgTools {
        var folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init)
        for (parent, child) in [("/usr/lib/postgresql", "bin"), ("/usr", "bin"), ("/opt", "bin")] {
            for entry in (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? []
            where parent == "/usr/lib/postgresql" || entry.hasPrefix("pgsql-") {
                folders.append("\(parent)/\(entry)/\(child)")
            }
        }
        var found: [PgTools] = []
        for folder in folders {
            let dump = folder + "/pg_dump"
            guard FileManager.default.isExecutableFile(atPath: dump),
                let version = version(of: dump)
            else { continue }
            found.append(PgTools(pgDump: dump, version: version))
        }
        let fitting = found.filter { $0.version.major >= server.major }
        guard let tools = fitting.min(by: { $0.version < $1.version }) else {
            let newest = found.map(\.version).max()
            throw PostgresError(
                "no pg_dump that can read PostgreSQL \(server.major) was found",
                detail: newest.map { "The newest one found is of PostgreSQL \($0.major)." },
                hint:
                    "Install the package postgresql-client-\(server.major) or put its programs on PATH, or create the tables in the shadow yourself and set copy_schema = false.",
                sqlState: .undefinedFile)
        }
        return tools
    }

    /// Arguments that keep pg_dump from tables. A program gets no more than two megabytes of arguments (execve(2)), so
    /// that thousands go by a file, which pg_dump takes since 17.
    ///
    /// - Parameter file: for those that do not go as arguments; must live as long as the call.
    func exclusions(of tables: [QualifiedName], _ file: ScratchFile) throws(PostgresError) -> [String] {
        let arguments = tables.map { "--exclude-table=\($0.quoted)" }
        guard arguments.reduce(0, { $0 + $1.utf8.count + 9 }) > Self.largestArguments else { return arguments }
        guard version.major >= 17 else {
            throw PostgresError(
                "the database has \(tables.count) tables that are not followed, too many for pg_dump \(version.major)",
                hint:
                    "Install postgresql-client-17 or newer, or create the tables in the shadow yourself and set copy_schema = false.",
                sqlState: .configurationLimitExceeded)
        }
        try file.write(tables.map { "exclude table \($0.quoted)\n" }.joined())
        return ["--filter=\(file.path)"]
    }

    private static let largestArguments = 1_500_000

    /// `pg_dump (PostgreSQL) 15.18 (Debian …)` → 15.
    private static func version(of program: String) -> ServerVersion? {
        guard let output = try? run(program, ["--version"]) else { return nil }
        let words = output.split(separator: " ")
        guard let index = words.firstIndex(of: "(PostgreSQL)"), index + 1 < words.count,
            let major = Int(words[index + 1].prefix { $0.isNumber })
        else { return nil }
        return ServerVersion(major * 10_000)
    }

    /// Runs a program to its end and returns what it wrote to standard output.
    ///
    /// Throws with the program's own words where its exit status is not 0.
    /// - Parameter interrupt: ends the program too.
    static func run(
        _ program: String, _ arguments: [String], environment: [String: String] = [:], interrupt: Interrupt? = nil
    ) throws(PostgresError) -> String {
        var call = ProgramCall(program, arguments)
        if !environment.isEmpty {
            call.environment = ProcessInfo.processInfo.environment.merging(environment) { _, new in new }
        }
        let run = try call.run(endedBy: interrupt?.readDescriptor)
        guard run.status != .success else { return run.outputText }
        try interrupt?.check()
        throw PostgresError(
            "\(URL(fileURLWithPath: program).lastPathComponent) failed with exit status \(run.status.code)",
            detail: run.errorText.trimmingCharacters(in: .whitespacesAndNewlines),
            hint: "The role needs SELECT on the followed tables and USAGE on their schemas.", sqlState: .ioError)
    }
}
