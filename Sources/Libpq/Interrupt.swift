import Glibc
public import Postgres

/// A request to stop waiting, which any thread or a signal handler may make: a pipe that every wait polls beside its
/// sockets. It stays fired until `clear()`.
public final class Interrupt: Sendable {
    /// Readable while fired.
    public let readDescriptor: Int32
    /// For a signal handler: writing one byte here fires (write(2) is async-signal-safe).
    public let writeDescriptor: Int32

    /// Throws where the process has no file descriptors left.
    public init() throws(PostgresError) {
        var ends: [Int32] = [-1, -1]
        guard unsafe pipe(&ends) == 0 else {
            throw PostgresError(
                "could not create a pipe: \(unsafe String(cString: strerror(errno)))",
                hint: "Raise the limit on open files (ulimit -n).", sqlState: SQLState("53000"))
        }
        for end in ends {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
        }
        readDescriptor = ends[0]
        writeDescriptor = ends[1]
    }

    deinit {
        close(readDescriptor)
        close(writeDescriptor)
    }

    public func fire() {
        var byte: UInt8 = 1
        _ = unsafe write(writeDescriptor, &byte, 1)
    }

    public var isFired: Bool {
        var entry = pollfd(fd: readDescriptor, events: Int16(POLLIN), revents: 0)
        return unsafe poll(&entry, 1, 0) > 0
    }

    public func clear() {
        var bytes: [UInt8] = Array(repeating: 0, count: 64)
        while unsafe read(readDescriptor, &bytes, bytes.count) > 0 {}
    }

    /// The error that an interrupted wait throws.
    public static var error: PostgresError {
        PostgresError("interrupted", sqlState: .queryCanceled, origin: .interrupted)
    }

    /// Throws if fired; for loops that do not wait.
    public func check() throws(PostgresError) {
        if isFired { throw Self.error }
    }
}
