import Foundation

/// The program, run to its end as from a shell: not at a terminal, without the tester's own configuration.
struct ProgramRun {
    let output: String
    let errors: String
    let status: Int32

    /// - Parameter name: what it is called by.
    init(
        _ arguments: [String], input: String = "", environment: [String: String] = [:], name: String = "scry-backfill",
        files: [String: String] = [:]
    ) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "program-" + UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for (file, text) in files { try Data(text.utf8).write(to: folder.appending(path: file)) }
        let link = folder.appending(path: name)
        try FileManager.default.createSymbolicLink(at: link, withDestinationURL: Self.binary)
        func file(_ name: String, _ text: String) throws -> FileHandle {
            let url = folder.appending(path: name)
            try Data(text.utf8).write(to: url)
            return try FileHandle(forUpdating: url)
        }
        let process = Process()
        process.executableURL = link
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.environment = [
            "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "HOME": folder.path,
            "LC_ALL": "C.UTF-8",
        ].merging(environment) { _, given in given }
        let outputs = (try file(".stdout", ""), try file(".stderr", ""))
        process.standardInput = try file(".stdin", input)
        process.standardOutput = outputs.0
        process.standardError = outputs.1
        try process.run()
        process.waitUntilExit()
        status = process.terminationStatus
        output = String(decoding: try Data(contentsOf: folder.appending(path: ".stdout")), as: UTF8.self)
        errors = String(decoding: try Data(contentsOf: folder.appending(path: ".stderr")), as: UTF8.self)
    }

    /// Beside the tests' own binary.
    private static let binary = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent().appending(path: "scry-backfill")
}
