import Glibc
import Libpq
import LocalCluster
import Postgres
import Processes

/// The scry-backfill that is measured.
struct OurProgram {
    let path: String

    /// - Parameter path: nil takes the one in this program's folder.
    init(_ path: String?) throws(PostgresError) {
        #if DEBUG
            report("scry-benchmark: warning: not a release build; the figures say nothing")
        #endif
        var link = [CChar](repeating: 0, count: Int(PATH_MAX))
        let length = unsafe readlink("/proc/self/exe", &link, link.count)
        let own = String(decoding: link.prefix(max(0, length)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        self.path = path ?? own.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 } + "/scry-backfill"
        guard unsafe access(self.path, X_OK) == 0 else {
            throw PostgresError(
                "no program at \"\(self.path)\"", hint: "Build it, swift build -c release, or name it with --program.",
                sqlState: .undefinedFile)
        }
    }

    /// The engine of a job from one database to the other, as `scry-backfill run`. It ends with the pair's servers.
    func engine(_ servers: ServerPair, from: String, to: String, _ options: [String]) -> ProgramCall {
        let mark = servers.shadow.dependentMark
        return ProgramCall(
            path, ["run", "--config=/dev/null", "--log-level=warning"] + options,
            environment: [
                "PATH": servers.source.programs.directory + ":/usr/bin:/bin", "LC_ALL": "C.UTF-8",
                "HOME": "/nonexistent",
                "SCRY_BACKFILL_SOURCE": servers.source.connectionString(database: from).conninfo,
                "SCRY_BACKFILL_SHADOW": servers.shadow.connectionString(database: to).conninfo, mark.name: mark.value,
            ])
    }
}

extension ProgramCall {
    /// Runs it to its end. Throws with its words unless it succeeds.
    func runSuccessfully() throws(PostgresError) {
        let run = try run()
        guard run.status == .success else { throw failed(run.status, run.errorText) }
    }

    func failed(_ status: ProcessStatus, _ words: String) -> PostgresError {
        PostgresError(
            "\"\(program)\" failed with exit status \(status.code)", detail: ProgramRun.lastLines(words),
            hint: "Run it alone to see why.", sqlState: .ioError)
    }
}
