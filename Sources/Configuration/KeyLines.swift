/// The line on which a TOML text sets each of its keys, which TOMLKit does not report.
///
/// The text is known to be valid, so that the scan needs to know only where keys begin and values end: a statement is
/// `[table]`, `[[table]]` or `key = value`; a value ends at the line's end outside of strings and brackets.
struct KeyLines {
    private var lines: [[String]: Int] = [:]
    private var whole: Set<[String]> = []
    /// The first key or table that is set once more, and where; such a text is not valid.
    private(set) var repetition: (path: [String], line: Int)?
    private var rest: ArraySlice<UInt8>
    private var line = 1

    init(_ text: String) {
        rest = Array(text.utf8)[...]
        var table: [String] = []
        while let byte = rest.first {
            switch byte {
            case UInt8(ascii: "\n"), UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): advance()
            case UInt8(ascii: "#"): skipComment()
            case UInt8(ascii: "["):
                let start = line
                var depth = 0
                while rest.first == UInt8(ascii: "[") {
                    advance()
                    depth += 1
                }
                table = readKey(until: UInt8(ascii: "]"))
                record(table, start, mayRepeat: depth > 1)
                while rest.first == UInt8(ascii: "]") { advance() }
            default:
                let start = line
                let key = table + readKey(until: UInt8(ascii: "="))
                record(key, start)
                skipValue()
            }
        }
    }

    /// The line of the key, or of the nearest table around it where it stands in an inline table.
    subscript(path: [String]) -> Int {
        for length in stride(from: path.count, to: 0, by: -1) {
            if let line = lines[Array(path.prefix(length))] { return line }
        }
        return 1
    }

    private mutating func record(_ path: [String], _ line: Int, mayRepeat: Bool = false) {
        if !whole.insert(path).inserted, !mayRepeat, repetition == nil { repetition = (path, line) }
        for length in 1...max(path.count, 1) {
            let prefix = Array(path.prefix(length))
            if lines[prefix] == nil { lines[prefix] = line }
        }
    }

    private mutating func advance() {
        if rest.popFirst() == UInt8(ascii: "\n") { line += 1 }
    }

    private mutating func skipComment() {
        while let byte = rest.first, byte != UInt8(ascii: "\n") { advance() }
    }

    /// A dotted key, each part bare or quoted, and the byte after it.
    private mutating func readKey(until end: UInt8) -> [String] {
        var parts: [[UInt8]] = [[]]
        while let byte = rest.first, byte != UInt8(ascii: "\n") {
            switch byte {
            case end:
                advance()
                return parts.map { String(decoding: $0, as: UTF8.self) }
            case UInt8(ascii: "."):
                advance()
                parts.append([])
            case UInt8(ascii: "\""), UInt8(ascii: "'"):
                let before = rest
                skipString()
                parts[parts.count - 1] += before.prefix(before.count - rest.count).dropFirst().dropLast()
            case UInt8(ascii: " "), UInt8(ascii: "\t"): advance()
            default:
                parts[parts.count - 1].append(byte)
                advance()
            }
        }
        return parts.map { String(decoding: $0, as: UTF8.self) }
    }

    private mutating func skipValue() {
        var depth = 0
        while let byte = rest.first {
            switch byte {
            case UInt8(ascii: "\n") where depth == 0: return
            case UInt8(ascii: "#"): skipComment()
            case UInt8(ascii: "\""), UInt8(ascii: "'"): skipString()
            case UInt8(ascii: "["), UInt8(ascii: "{"):
                depth += 1
                advance()
            case UInt8(ascii: "]"), UInt8(ascii: "}"):
                depth -= 1
                advance()
            default: advance()
            }
        }
    }

    /// One string of TOML's four kinds: a backslash escapes in double quotes only; three quotes open one that may hold
    /// line breaks, quotes, and up to two quotes before its end.
    private mutating func skipString() {
        guard let quote = rest.first else { return }
        let long = rest.prefix(3).elementsEqual([quote, quote, quote])
        for _ in 0..<(long ? 3 : 1) { advance() }
        while let byte = rest.first {
            advance()
            if byte == UInt8(ascii: "\\") && quote == UInt8(ascii: "\"") {
                advance()
            } else if byte == quote {
                guard long else { return }
                if rest.prefix(2).elementsEqual([quote, quote]) {
                    while rest.first == quote { advance() }
                    return
                }
            }
        }
    }
}
