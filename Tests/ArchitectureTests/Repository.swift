import Foundation

/// A text file of the repository.
struct RepositoryFile: CustomStringConvertible {
    /// From the repository's top.
    let path: String
    let text: String
    var description: String { path }
    var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
}

/// The repository that the tests were built from.
enum Repository {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// Names in a folder, sorted.
    static func entries(_ folder: String = "") throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: root.appending(path: folder).path(percentEncoded: false))
            .sorted()
    }

    static func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: root.appending(path: path).path(percentEncoded: false))
    }

    /// The text files below a folder, with their paths from the top.
    static func files(_ folder: String, endings: [String]) throws -> [RepositoryFile] {
        let below = root.appending(path: folder).path(percentEncoded: false)
        let paths = try FileManager.default.subpathsOfDirectory(atPath: below).sorted()
        return try paths.filter { path in endings.contains { path.hasSuffix($0) } }.map { path in
            let file = folder + "/" + path
            return RepositoryFile(
                path: file, text: try String(contentsOf: root.appending(path: file), encoding: .utf8))
        }
    }

    private static let scanned = Result { try files("Sources", endings: [".swift"]).map { SwiftFile($0) } }

    /// The Swift files of a module, or of all.
    static func sources(_ module: String? = nil) throws -> [SwiftFile] {
        let all = try scanned.get()
        return all.filter { file in module.map { file.path.hasPrefix("Sources/\($0)/") } ?? true }
    }

    /// The modules written in Swift: the folders of Sources that have Swift files.
    static func modules() throws -> [String] {
        try entries("Sources").filter { module in !(try sources(module).isEmpty) }
    }
}
