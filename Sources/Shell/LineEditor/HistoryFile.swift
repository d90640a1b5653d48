internal import Glibc
internal import Postgres

/// The statements of earlier sessions: a file of our own, one statement a line, its newlines and backslashes escaped.
///
/// Several shells may append at once (O_APPEND under flock). It is the user's alone (0600), and a symbolic link in its
/// place is refused: a statement may hold more than its author knows.
struct HistoryFile: Sendable {
    let path: String

    /// The last `limit` statements, oldest first; none where there is no file. A file that has grown to twice the limit is
    /// cut back.
    func load(limit: Int) throws(PostgresError) -> [String] {
        guard limit > 0 else { return [] }
        guard let descriptor = try openLocked(O_RDWR, creating: false) else { return [] }
        defer { close(descriptor) }
        let bytes = try readAll(descriptor)
        let lines = bytes.split(separator: UInt8(ascii: "\n"))
        let kept = lines.suffix(limit)
        if lines.count > 2 * limit {
            guard ftruncate(descriptor, 0) == 0 else { throw failure("could not shorten") }
            try write(Array(kept.joined(separator: [UInt8(ascii: "\n")])) + [UInt8(ascii: "\n")], to: descriptor)
        }
        return kept.map { Self.decode(String(decoding: $0, as: UTF8.self)) }
    }

    func append(_ statement: String) throws(PostgresError) {
        guard let descriptor = try openLocked(O_WRONLY | O_CREAT, creating: true) else { return }
        defer { close(descriptor) }
        try write(Array((Self.encode(statement) + "\n").utf8), to: descriptor)
    }

    static func encode(_ statement: String) -> String {
        // By scalars: CR LF is one character.
        var line = String.UnicodeScalarView()
        for scalar in statement.unicodeScalars {
            switch scalar {
            case "\\": line.append(contentsOf: "\\\\".unicodeScalars)
            case "\r": line.append(contentsOf: "\\r".unicodeScalars)
            case "\n": line.append(contentsOf: "\\n".unicodeScalars)
            default: line.append(scalar)
            }
        }
        return String(line)
    }

    static func decode(_ line: String) -> String {
        var result = ""
        var isEscape = false
        for scalar in line.unicodeScalars {
            if isEscape {
                result.unicodeScalars.append(scalar == "n" ? "\n" : scalar == "r" ? "\r" : scalar)
                isEscape = false
            } else if scalar == "\\" {
                isEscape = true
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// Nil where the file is missing and is not to be created.
    private func openLocked(_ flags: Int32, creating: Bool) throws(PostgresError) -> Int32? {
        let descriptor = unsafe open(path, flags | O_APPEND | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            if errno == ENOENT && !creating { return nil }
            if errno == ELOOP {
                throw PostgresError(
                    "history file \"\(path)\" is a symbolic link",
                    hint: "Remove it, or set HISTFILE to a file of your own.", sqlState: SQLState("58P01"))
            }
            throw failure("could not open")
        }
        guard flock(descriptor, LOCK_EX) == 0 else {
            defer { close(descriptor) }
            throw failure("could not lock")
        }
        return descriptor
    }

    private func readAll(_ descriptor: Int32) throws(PostgresError) -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = unsafe read(descriptor, &chunk, chunk.count)
            if count > 0 {
                bytes += chunk[..<count]
            } else if count == 0 {
                return bytes
            } else if errno != EINTR {
                throw failure("could not read")
            }
        }
    }

    private func write(_ bytes: [UInt8], to descriptor: Int32) throws(PostgresError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count >= 0 {
                rest = rest.dropFirst(count)
            } else if errno != EINTR {
                throw failure("could not write")
            }
        }
    }

    private func failure(_ what: String) -> PostgresError {
        PostgresError(
            "\(what) history file \"\(path)\": \(unsafe String(cString: strerror(errno)))",
            hint: "Set HISTFILE to a file that you can write, or HISTSIZE to 0.", sqlState: SQLState("58030"))
    }
}
