import Foundation
import Glibc
import Postgres

extension ConfigurationLoader {
    /// The file's name here and in the user's configuration folder.
    static let fileName = "scry-backfill.toml"

    /// Nil where none was named and none is found.
    func readFile() throws(PostgresError) -> ConfigurationFile? {
        switch file {
        case .none: return nil
        case .named(let path): return try ConfigurationFile(path: path, text: Self.read(path))
        case .searched:
            for path in searchedPaths where unsafe access(path, F_OK) == 0 {
                return try ConfigurationFile(path: path, text: Self.read(path))
            }
            return nil
        }
    }

    private var searchedPaths: [String] {
        var folder = environment["XDG_CONFIG_HOME"] ?? ""
        if folder.isEmpty, let home = environment["HOME"] { folder = home + "/.config" }
        return [Self.fileName] + (folder.isEmpty ? [] : [folder + "/scry-backfill/config.toml"])
    }

    private static func read(_ path: String) throws(PostgresError) -> String {
        guard let file = unsafe fopen(path, "r") else { throw unreadable(path, errno) }
        defer { unsafe fclose(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = unsafe fread(&buffer, 1, buffer.count, file)
            bytes += buffer.prefix(count)
            if count < buffer.count { break }
        }
        guard unsafe ferror(file) == 0 else { throw unreadable(path, errno) }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw PostgresError(
                "configuration file \"\(path)\" is not valid UTF-8", hint: "Save the file as UTF-8.",
                sqlState: .configFileError)
        }
        return text
    }

    private static func unreadable(_ path: String, _ number: Int32) -> PostgresError {
        PostgresError(
            "could not read configuration file \"\(path)\": \(unsafe String(cString: strerror(number)))",
            hint: "Check the file's name and permissions.",
            sqlState: number == ENOENT ? .undefinedFile : .configFileError)
    }
}
