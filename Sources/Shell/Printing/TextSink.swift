internal import Glibc

/// Where output goes: standard output, a file, a pipe, a pager, memory.
protocol TextSink: AnyObject {
    func write(_ bytes: UnsafeRawBufferPointer)

    /// The screen that the output ends on, nil where it is not a terminal.
    var screen: Screen? { get }
    /// Whether this is a pager, so that none is opened for it.
    var isPager: Bool { get }
    /// A pager in this sink's place, nil where there can be none. Output that was written before must come out before
    /// it.
    func openPager() -> PagerSink?
    /// Whether `openPager` may give one: both ends are a terminal.
    var canPage: Bool { get }
}

/// A terminal's size in characters.
struct Screen: Equatable {
    var rows: Int
    var columns: Int

    init(rows: Int, columns: Int) {
        self.rows = rows
        self.columns = columns
    }

    /// Nil where the descriptor is not a terminal.
    init?(descriptor: Int32) {
        guard isatty(descriptor) == 1 else { return nil }
        var size = winsize()
        guard unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 else {
            self.init(rows: 0, columns: 0)
            return
        }
        self.init(rows: Int(size.ws_row), columns: Int(size.ws_col))
    }
}

extension TextSink {
    var screen: Screen? { nil }
    var isPager: Bool { false }
    var canPage: Bool { false }
    func openPager() -> PagerSink? { nil }

    func write(_ text: String) {
        var text = text
        text.withUTF8 { unsafe write(UnsafeRawBufferPointer($0)) }
    }
}

/// Output in memory.
final class MemorySink: TextSink {
    private(set) var bytes: [UInt8] = []

    init() {}

    func write(_ bytes: UnsafeRawBufferPointer) { unsafe self.bytes.append(contentsOf: bytes) }

    /// The text so far; bytes that are not UTF-8 are replaced.
    var text: String { String(decoding: bytes, as: UTF8.self) }
}
