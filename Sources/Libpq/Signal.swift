import Glibc
public import Postgres

/// A flag that one thread sets and another waits for: a pipe, so that a wait can poll it beside sockets. It stays fired
/// until `clear()`, and firing it twice is firing it once.
public final class Signal: Sendable {
    /// Readable while fired.
    public let readDescriptor: Int32
    /// For a signal handler: writing one byte here fires (write(2) is async-signal-safe).
    public let writeDescriptor: Int32

    /// Throws 53000 where the process has no file descriptors left.
    public init() throws(PostgresError) {
        var ends: [Int32] = [-1, -1]
        guard unsafe pipe(&ends) == 0 else {
            throw PostgresError(
                "could not create a pipe: \(unsafe String(cString: strerror(errno)))",
                hint: "Raise the limit on open files (ulimit -n).", sqlState: .insufficientResources)
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
        // A full pipe is fired already.
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
}
