public import Glibc
public import Postgres
import Synchronization

/// An open file, closed once: by `close()`, or with the last reference. Its children never inherit it.
public final class FileDescriptor: Sendable {
    public let number: Int32
    private let isOpen = Atomic(true)

    private init(_ number: Int32) { self.number = number }
    deinit { close() }

    public func close() {
        if isOpen.exchange(false, ordering: .relaxed) { _ = Glibc.close(number) }
    }

    public static func open(_ path: String, _ flags: Int32, mode: mode_t = 0o600) throws(PostgresError)
        -> FileDescriptor
    {
        let number = unsafe Glibc.open(path, flags | O_CLOEXEC, mode)
        guard number >= 0 else { throw .system("could not open \"\(path)\"") }
        return FileDescriptor(number)
    }

    /// A socket pair rather than a pipe, since it can be made close-on-exec in one step: a child that another thread starts
    /// meanwhile would keep a pipe's end open.
    public static func pipe() throws(PostgresError) -> (reading: FileDescriptor, writing: FileDescriptor) {
        var ends: [Int32] = [-1, -1]
        let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        guard unsafe socketpair(AF_UNIX, type, 0, &ends) == 0 else { throw .system("could not create a pipe") }
        return (FileDescriptor(ends[0]), FileDescriptor(ends[1]))
    }

    /// The bytes that come until the other end is closed.
    public func readToEnd() -> String {
        var all: [UInt8] = []
        while let bytes = readSome() { all += bytes }
        return String(decoding: all, as: UTF8.self)
    }

    /// Waits for bytes; nil at the end.
    public func readSome() -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = unsafe read(number, &buffer, buffer.count)
            if count > 0 { return Array(buffer[..<count]) }
            guard count < 0, errno == EINTR else { return nil }
        }
    }

    /// Writes all of it; to one of `pipe()`'s ends with `toPipe`, so that a reader which is gone is an error and no SIGPIPE.
    public func write(_ text: String, toPipe: Bool = false) throws(PostgresError) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { bytes in
                toPipe
                    ? unsafe send(number, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
                    : unsafe Glibc.write(number, bytes.baseAddress, bytes.count)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw .system("could not write") }
            rest = rest.dropFirst(count)
        }
    }

    /// True once the descriptor can be read or its writers are gone; false after `milliseconds`.
    public func waitUntilReadable(milliseconds: Int) -> Bool {
        let deadline = ContinuousClock.now + .milliseconds(milliseconds)
        var entry = pollfd(fd: number, events: Int16(POLLIN), revents: 0)
        while true {
            let left = ContinuousClock.now.duration(to: deadline) / .milliseconds(1)
            let count = unsafe poll(&entry, 1, Int32(clamping: max(0, Int(left.rounded(.up)))))
            guard count < 0, errno == EINTR else { return count > 0 }
        }
    }
}
