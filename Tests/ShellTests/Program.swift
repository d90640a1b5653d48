import Foundation
import Glibc
import Libpq
import LocalCluster
import Testing

/// The built program, or psql, run as its user runs it.
struct Program {
    struct Outcome: Equatable {
        /// Standard output and error as they came.
        var output: String
        var status: Int32
    }

    let path: String
    let database: TestDatabase

    /// This package's program under the name of psql.
    static func drop(in database: TestDatabase, folder: URL) throws -> Program {
        let built = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
            .appending(path: "scry-backfill")
        try #require(FileManager.default.isExecutableFile(atPath: built.path), "build the whole package first")
        let link = folder.appending(path: "psql")
        try FileManager.default.createSymbolicLink(at: link, withDestinationURL: built)
        return Program(path: link.path, database: database)
    }

    static func psql(_ database: TestDatabase) -> Program {
        Program(path: database.cluster.programs.path("psql"), database: database)
    }

    /// Runs it in `folder` with a file, or nothing, as its standard input.
    func run(_ arguments: [String], input: String? = nil, folder: URL) throws -> Outcome {
        let process = Process()
        process.executableURL = URL(filePath: path)
        process.arguments = arguments
        process.currentDirectoryURL = folder
        var environment = ["LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin", "HOME": folder.path, "FOO": "bar"]
        for (key, variable) in ["host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "dbname": "PGDATABASE"] {
            environment[variable] = database.connectionString.parameters[key]
        }
        process.environment = environment
        let inputFile = input.map { folder.appending(path: $0) } ?? URL(filePath: "/dev/null")
        process.standardInput = try FileHandle(forReadingFrom: inputFile)
        let outputFile = folder.appending(path: "output-\(UUID().uuidString)")
        try Data().write(to: outputFile)
        let handle = try FileHandle(forWritingTo: outputFile)
        // One open file for both: what is on it is the order of the writes.
        process.standardOutput = handle
        process.standardError = handle
        try process.run()
        process.waitUntilExit()
        try handle.close()
        let text = String(decoding: try Data(contentsOf: outputFile), as: UTF8.self)
        return Outcome(output: text, status: process.terminationStatus)
    }
}

/// A folder that goes with this object.
final class TemporaryFolder {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "shell-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }
}
