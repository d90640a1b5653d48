import Glibc
import Synchronization
import Testing

/// A terminal of our own: the test types and reads at one end, the line editor sits at the other.
final class PseudoTerminal: Sendable {
    let master: Int32
    let slave: Int32
    /// What has been read beyond the last expectation.
    private let unread = Mutex("")
    private let failed = Atomic(false)

    /// Whether an expectation was not met.
    var hasFailed: Bool { failed.load(ordering: .sequentiallyConsistent) }

    init() throws {
        // As posix_openpt, unlockpt and ptsname do it, which Glibc's module leaves out: TIOCSPTLCK, TIOCGPTN.
        master = unsafe open("/dev/ptmx", O_RDWR | O_NOCTTY)
        var number: Int32 = 0
        try #require(unsafe ioctl(master, 0x4004_5431, &number) == 0)
        try #require(unsafe ioctl(master, 0x8004_5430, &number) == 0)
        slave = unsafe open("/dev/pts/\(number)", O_RDWR | O_NOCTTY)
        try #require(slave >= 0)
        var size = winsize(ws_row: 24, ws_col: 80, ws_xpixel: 0, ws_ypixel: 0)
        try #require(unsafe ioctl(master, UInt(TIOCSWINSZ), &size) == 0)
    }

    deinit {
        close(master)
        close(slave)
    }

    /// The processes in its foreground get SIGWINCH.
    func resize(rows: UInt16, columns: UInt16) {
        var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
        _ = unsafe ioctl(master, UInt(TIOCSWINSZ), &size)
    }

    func type(_ text: String) {
        var text = text
        text.withUTF8 { bytes in _ = unsafe write(master, bytes.baseAddress, bytes.count) }
    }

    /// Reads until the text appears, and takes it with all before it; an issue after a minute without.
    func expect(_ text: String) {
        var seen = unread.withLock { $0 }
        var chunk = [UInt8](repeating: 0, count: 4096)
        while true {
            if let range = seen.firstRange(of: text) {
                return unread.withLock { $0 = String(seen[range.upperBound...]) }
            }
            var entry = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
            let count = unsafe poll(&entry, 1, 60_000) > 0 ? unsafe read(master, &chunk, chunk.count) : 0
            guard count > 0 else {
                failed.store(true, ordering: .sequentiallyConsistent)
                Issue.record("no \"\(text)\" in \"\(seen)\"")
                return
            }
            seen += String(decoding: chunk[..<count], as: UTF8.self)
        }
    }
}
