import Backfill
import Foundation
import Glibc
import Libpq
import LocalCluster
import Postgres

/// The program's engine, `scry-backfill run`, as a process that can be killed.
final class EngineProcess {
    private let process = Process()
    private let log: URL

    /// - Parameters:
    ///   - job: whose servers it connects.
    ///   - temporaryFolder: nil for the system's.
    init(_ job: TestJob, options: [String] = [], temporaryFolder: String? = nil) throws {
        log = FileManager.default.temporaryDirectory.appending(path: "engine-\(UUID().uuidString).log")
        try Data().write(to: log)
        process.executableURL = Self.binary
        process.arguments = ["run", "--backfill.jobs=2", "--backfill.index_jobs=2"] + options
        process.currentDirectoryURL = FileManager.default.temporaryDirectory
        let settings = job.settings()
        let mark = job.shadow.dependentMark
        process.environment = [
            "PATH": job.source.programs.directory + ":/usr/bin:/bin", "HOME": "/nonexistent", "LC_ALL": "C.UTF-8",
            "SCRY_BACKFILL_SOURCE": settings.source.conninfo, "SCRY_BACKFILL_SHADOW": settings.shadow.conninfo,
            mark.name: mark.value, "TMPDIR": temporaryFolder ?? FileManager.default.temporaryDirectory.path,
        ]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = try FileHandle(forWritingTo: log)
        try process.run()
    }

    deinit { try? FileManager.default.removeItem(at: log) }

    var isRunning: Bool { process.isRunning }
    var logText: String { (try? String(contentsOf: log, encoding: .utf8)) ?? "" }

    /// SIGKILL, at whatever it does.
    func kill() {
        guard process.isRunning else { return }
        Glibc.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    /// SIGTERM: its exit status.
    func stop() -> Int32 {
        process.terminate()
        process.waitUntilExit()
        return process.terminationStatus
    }

    /// Beside the tests' own binary.
    private static let binary = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent().appending(path: "scry-backfill")
}
