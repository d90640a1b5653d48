import Glibc
internal import Processes

/// A buffered stream to a file descriptor. The first failure to write is kept and further text is dropped, as stdio does.
final class OutputStream: TextSink {
    let descriptor: Int32
    /// Determined once: it is asked for each result, and a descriptor never leads elsewhere.
    let isTerminal: Bool
    /// The command after a `|`.
    private var child: ShellCommand?
    private let ownsDescriptor: Bool
    private var buffer: [UInt8] = []
    private static let capacity = 64 * 1024
    /// errno of the first failure, 0 without one.
    private(set) var failure: Int32 = 0
    private var isClosed = false

    init(descriptor: Int32, owned: Bool = false, child: ShellCommand? = nil) {
        self.descriptor = descriptor
        isTerminal = isatty(descriptor) == 1
        ownsDescriptor = owned
        self.child = child
    }

    deinit { close() }

    func write(_ bytes: [UInt8]) {
        guard failure == 0 else { return }
        buffer.append(contentsOf: bytes)
        if buffer.count >= Self.capacity { flush() }
    }

    func write(_ bytes: UnsafeRawBufferPointer) {
        guard failure == 0 else { return }
        unsafe buffer.append(contentsOf: bytes)
        if buffer.count >= Self.capacity { flush() }
    }

    /// Writes what is buffered. A reader that is gone (EPIPE) is a failure like any other.
    func flush() {
        guard !buffer.isEmpty else { return }
        var start = 0
        while start < buffer.count, failure == 0 {
            let written = unsafe buffer.withUnsafeBytes { bytes in
                unsafe Glibc.write(descriptor, bytes.baseAddress.map { unsafe $0 + start }, bytes.count - start)
            }
            if written >= 0 {
                start += written
            } else if errno == EAGAIN {
                var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                _ = unsafe poll(&entry, 1, -1)
            } else if errno != EINTR {
                failure = errno
            }
        }
        buffer.removeAll(keepingCapacity: true)
    }

    /// Flushes and closes; waits for the command after a `|`. Returns its exit status, success for a file, nil where
    /// closing failed (`failure`).
    @discardableResult
    func close() -> ProcessStatus? {
        guard !isClosed else { return .success }
        flush()
        isClosed = true
        if ownsDescriptor, Glibc.close(descriptor) != 0, failure == 0 { failure = errno }
        let status = child?.wait() ?? .success
        child = nil
        return failure == 0 ? status : nil
    }

    // Only standard output pages.
    var screen: Screen? { descriptor == 1 && isTerminal ? Screen(descriptor: 1) : nil }
    var canPage: Bool { descriptor == 1 && isTerminal && isatty(0) == 1 }

    func openPager() -> PagerSink? {
        guard canPage else { return nil }
        flush()
        return PagerSink()
    }

    /// Opens a file for writing, or a command after `|`; the reason where that fails.
    static func open(_ target: String, append: Bool = false) -> Result<OutputStream, SystemFailure> {
        if target.hasPrefix("|") {
            return ShellCommand.start(String(target.dropFirst()), .writing).map { child in
                OutputStream(descriptor: child.descriptor, owned: true, child: child)
            }
        }
        let flags = O_WRONLY | O_CREAT | O_CLOEXEC | (append ? O_APPEND : O_TRUNC)
        let descriptor = unsafe Glibc.open(target, flags, 0o666)
        guard descriptor >= 0 else { return .failure(SystemFailure()) }
        return .success(OutputStream(descriptor: descriptor, owned: true))
    }
}
