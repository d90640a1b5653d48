import Foundation
import Glibc

/// The program as started from a shell: not at a terminal, without the tester's own configuration.
final class RunningProgram {
    private let folder: URL
    private let process = Process()

    /// - Parameters:
    ///   - name: what it is called by.
    ///   - files: in its working directory.
    init(
        _ arguments: [String], input: String = "", environment: [String: String] = [:], name: String = "scry-backfill",
        files: [String: String] = [:]
    ) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "program-" + UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for (file, text) in files { try Data(text.utf8).write(to: folder.appending(path: file)) }
        let link = folder.appending(path: name)
        try FileManager.default.createSymbolicLink(at: link, withDestinationURL: Self.binary)
        process.executableURL = link
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.environment = [
            "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "HOME": folder.path,
            "LC_ALL": "C.UTF-8",
        ].merging(environment) { _, given in given }
        process.standardInput = try stream("stdin", input)
        process.standardOutput = try stream("stdout", "")
        process.standardError = try stream("stderr", "")
        try process.run()
    }

    deinit {
        if process.isRunning { kill(SIGKILL) }
        try? FileManager.default.removeItem(at: folder)
    }

    func kill(_ signal: Int32) { _ = Glibc.kill(process.processIdentifier, signal) }

    /// What it has written to standard error by now.
    func errorsSoFar() throws -> String { try text("stderr") }

    private func text(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: folder.appending(path: "." + name)), as: UTF8.self)
    }

    /// Waits for its end.
    func end() throws -> ProgramRun {
        process.waitUntilExit()
        return ProgramRun(output: try text("stdout"), errors: try text("stderr"), status: process.terminationStatus)
    }

    /// A file for one of its streams, so that it never waits for a reader.
    private func stream(_ name: String, _ text: String) throws -> FileHandle {
        let url = folder.appending(path: "." + name)
        try Data(text.utf8).write(to: url)
        return try FileHandle(forUpdating: url)
    }

    /// Beside the tests' own binary.
    private static let binary = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent().appending(path: "scry-backfill")
}

/// What the program has printed, and its exit status.
struct ProgramRun {
    let output: String
    let errors: String
    let status: Int32
}

extension ProgramRun {
    /// Runs it to its end.
    init(
        _ arguments: [String], input: String = "", environment: [String: String] = [:], name: String = "scry-backfill",
        files: [String: String] = [:]
    ) throws {
        let program = try RunningProgram(
            arguments, input: input, environment: environment, name: name, files: files)
        self = try program.end()
    }
}
