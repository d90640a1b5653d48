/// A value as the aligned printers show it: split at newlines, tabs expanded, control characters spelled out.
///
/// A value that is all printable ASCII is the common case and is kept as it is. Reused from row to row, so that a large
/// result allocates once a column.
struct DisplayText {
    /// One display line: a range of `bytes` and the cells it takes.
    struct Line {
        var start: Int
        var end: Int
        var width: Int
    }

    private(set) var bytes: [UInt8] = []
    private(set) var lines: [Line] = []

    /// The cells of the widest line and the number of lines.
    struct Size: Equatable {
        var width: Int
        var height: Int
    }

    init() {}

    init(_ text: Span<UInt8>, _ encoding: TextEncoding) {
        format(text, encoding)
    }

    var size: Size { Size(width: lines.reduce(0) { max($0, $1.width) }, height: lines.count) }

    /// Replaces the content by that of another value.
    mutating func format(_ text: Span<UInt8>, _ encoding: TextEncoding) {
        bytes.removeAll(keepingCapacity: true)
        lines.removeAll(keepingCapacity: true)
        if isPlain(text) {
            append(text, 0..<text.count)
            lines.append(Line(start: 0, end: text.count, width: text.count))
            return
        }
        var start = 0
        var width = 0
        var index = 0
        while index < text.count {
            let byte = text[index]
            let length = encoding.length(lead: byte)
            guard index + length <= text.count else { break }
            switch byte {
            case UInt8(ascii: "\n"):
                lines.append(Line(start: start, end: bytes.count, width: width))
                start = bytes.count
                width = 0
            case UInt8(ascii: "\r"):
                bytes.append(contentsOf: "\\r".utf8)
                width += 2
            case UInt8(ascii: "\t"):
                let cells = 8 - width % 8
                bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: cells))
                width += cells
            default:
                let cells = encoding.width(text, at: index)
                if cells >= 0 {
                    append(text, index..<index + length)
                    width += cells
                } else if length == 1 {
                    bytes.append(contentsOf: ("\\x" + hexadecimal(UInt32(byte), digits: 2)).utf8)
                    width += 4
                } else {
                    bytes.append(contentsOf: ("\\u" + hexadecimal(codePoint(text, at: index), digits: 4)).utf8)
                    width += 6
                }
            }
            index += length
        }
        lines.append(Line(start: start, end: bytes.count, width: width))
    }

    /// The end of the longest part of the line from `start` that fits into `cells`, and the cells it takes.
    /// The first character is taken even when it is too wide.
    func prefix(from start: Int, to end: Int, cells: Int, _ encoding: TextEncoding) -> (end: Int, width: Int) {
        let text = bytes.span
        var width = 0
        var index = start
        while index < end {
            let next = encoding.width(text, at: index)
            if cells < width + next && width != 0 { break }
            width += next
            index = min(index + encoding.length(lead: text[index]), end)
        }
        return (index, width)
    }

    private mutating func append(_ text: Span<UInt8>, _ range: Range<Int>) {
        for index in range { bytes.append(text[index]) }
    }
}

/// The size that `DisplayText` would have, without making it.
func displaySize(_ text: Span<UInt8>, _ encoding: TextEncoding) -> DisplayText.Size {
    if isPlain(text) { return DisplayText.Size(width: text.count, height: 1) }
    var size = DisplayText.Size(width: 0, height: 1)
    var width = 0
    var index = 0
    while index < text.count {
        let byte = text[index]
        let length = encoding.length(lead: byte)
        guard index + length <= text.count else { break }
        switch byte {
        case UInt8(ascii: "\n"):
            size.width = max(size.width, width)
            size.height += 1
            width = 0
        case UInt8(ascii: "\r"): width += 2
        case UInt8(ascii: "\t"): width += 8 - width % 8
        default:
            let cells = encoding.width(text, at: index)
            width += cells >= 0 ? cells : length == 1 ? 4 : 6
        }
        index += length
    }
    size.width = max(size.width, width)
    return size
}

/// Whether all bytes are printable ASCII, so that bytes, characters and cells are one number.
func isPlain(_ text: Span<UInt8>) -> Bool {
    unsafe text.withUnsafeBytes { unsafe isPlain($0) }
}

/// Eight bytes at a time; the sums stay within their byte because the first test leaves only 7-bit values.
private func isPlain(_ bytes: UnsafeRawBufferPointer) -> Bool {
    let count = bytes.count
    var index = 0
    while index + 8 <= count {
        let word = unsafe bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
        let suspect = word | (word &+ 0x0101_0101_0101_0101) | ~(word &+ 0x6060_6060_6060_6060)
        if suspect & 0x8080_8080_8080_8080 != 0 { return false }
        index += 8
    }
    while index < count {
        let byte = unsafe bytes[index]
        if byte < 0x20 || byte >= 0x7F { return false }
        index += 1
    }
    return true
}

private func hexadecimal(_ value: UInt32, digits: Int) -> String {
    let text = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
}
