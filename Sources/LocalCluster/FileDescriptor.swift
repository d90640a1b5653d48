import Glibc
import Libpq
import Postgres
import Synchronization

/// An open file, closed once: by `close()`, or with the last reference. Its children never inherit it.
final class FileDescriptor: Sendable {
    let number: Int32
    private let isOpen = Atomic(true)

    private init(_ number: Int32) { self.number = number }
    deinit { close() }

    func close() {
        if isOpen.exchange(false, ordering: .relaxed) { _ = Glibc.close(number) }
    }

    static func open(_ path: String, _ flags: Int32, mode: mode_t = 0o600) throws(PostgresError) -> FileDescriptor {
        let number = unsafe Glibc.open(path, flags | O_CLOEXEC, mode)
        guard number >= 0 else { throw .system("could not open \"\(path)\"") }
        return FileDescriptor(number)
    }

    static func pipe() throws(PostgresError) -> (reading: FileDescriptor, writing: FileDescriptor) {
        var ends: [Int32] = [-1, -1]
        guard unsafe pipe2(&ends, O_CLOEXEC) == 0 else { throw .system("could not create a pipe") }
        return (FileDescriptor(ends[0]), FileDescriptor(ends[1]))
    }

    /// What comes until the other end is closed.
    func readToEnd() -> String {
        var all: [UInt8] = []
        while let bytes = readSome() { all += bytes }
        return String(decoding: all, as: UTF8.self)
    }

    /// Waits for bytes; nil at the end.
    func readSome() -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = unsafe read(number, &buffer, buffer.count)
            if count > 0 { return Array(buffer[..<count]) }
            guard count < 0, errno == EINTR else { return nil }
        }
    }

    func write(_ text: String) throws(PostgresError) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(number, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw .system("could not write") }
            rest = rest.dropFirst(count)
        }
    }

    /// True once the descriptor can be read or its writers are gone; false after `milliseconds`.
    func waitUntilReadable(milliseconds: Int) -> Bool {
        Wait.poll([(number, false)], interrupt: nil, milliseconds: milliseconds) == .ready
    }
}

extension PostgresError {
    /// A failed system call, with errno's text.
    static func system(_ message: String) -> PostgresError {
        let reason = unsafe String(cString: strerror(errno))
        return PostgresError(
            "\(message): \(reason)",
            hint: "See that the temporary folder is writable and has free space, or set TMPDIR.",
            sqlState: .ioError)
    }
}
