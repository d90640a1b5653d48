internal import Glibc

/// Output to a file descriptor: standard output, or a file or pipe of `\o` and `\g`.
///
/// It gathers 64 kB. Whoever writes to standard error, reads from the terminal or runs a program calls `flush()` first, so
/// that all comes out in order.
@safe final class DescriptorSink: TextSink {
    private static let capacity = 1 << 16

    private let descriptor: Int32
    private let closesDescriptor: Bool
    private var pending: [UInt8] = []
    /// errno of the first write that failed, 0 if none has: a full disk, a reader that has gone.
    private(set) var failure: Int32 = 0

    init(descriptor: Int32, closesDescriptor: Bool) {
        self.descriptor = descriptor
        self.closesDescriptor = closesDescriptor
    }

    /// Standard output, the only sink that opens a pager.
    static func standardOutput() -> DescriptorSink { DescriptorSink(descriptor: 1, closesDescriptor: false) }

    deinit {
        flush()
        if closesDescriptor { close(descriptor) }
    }

    func write(_ bytes: UnsafeRawBufferPointer) {
        if pending.count + bytes.count > Self.capacity { flush() }
        if bytes.count >= Self.capacity {
            unsafe writeOut(bytes)
        } else {
            unsafe pending.append(contentsOf: bytes)
        }
    }

    func flush() {
        guard !pending.isEmpty else { return }
        unsafe pending.withUnsafeBytes { unsafe writeOut($0) }
        pending.removeAll(keepingCapacity: true)
    }

    /// The first failed write's errno, forgotten by this call.
    func takeFailure() -> Int32 {
        defer { failure = 0 }
        return failure
    }

    private func writeOut(_ bytes: UnsafeRawBufferPointer) {
        var rest = unsafe bytes[...]
        while unsafe !rest.isEmpty {
            let part = unsafe UnsafeRawBufferPointer(rebasing: rest)
            let written = unsafe Glibc.write(descriptor, part.baseAddress, part.count)
            if written >= 0 {
                unsafe rest = rest.dropFirst(written)
            } else if errno == EAGAIN {
                var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                unsafe poll(&entry, 1, -1)
            } else if errno != EINTR {
                if failure == 0 { failure = errno }
                return
            }
        }
    }

    var screen: Screen? { descriptor == 1 ? Screen(descriptor: 1) : nil }

    var canPage: Bool { descriptor == 1 && isatty(0) == 1 && isatty(1) == 1 }

    func openPager() -> PagerSink? {
        guard canPage else { return nil }
        flush()
        return PagerSink()
    }
}
