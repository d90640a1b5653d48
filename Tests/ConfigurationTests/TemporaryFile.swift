import Foundation

/// A file with this text in a folder of its own, for the length of a test.
final class TemporaryFile {
    let folder: String
    let path: String

    init(_ text: String, name: String = "scry-backfill.toml") throws {
        let root = FileManager.default.temporaryDirectory.appending(path: "configuration-" + UUID().uuidString)
        let file = root.appending(path: name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
        (folder, path) = (root.path, file.path)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }
}
