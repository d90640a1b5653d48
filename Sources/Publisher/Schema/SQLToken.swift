/// A token of SQL that a server or pg_dump wrote, with standard_conforming_strings on (manual, 4.1 "Lexical Structure").
struct SQLToken: Equatable {
    enum Kind: Equatable {
        /// A keyword or an unquoted name.
        case word
        /// "…"
        case identifier
        /// '…', E'…', $$…$$
        case literal
        /// One character of anything else.
        case symbol
    }

    let kind: Kind
    /// Of the text's bytes.
    let range: Range<Int>

    /// The tokens of a text; comments and white space are left out.
    static func tokens(of bytes: [UInt8]) -> [SQLToken] {
        var tokens: [SQLToken] = []
        var position = 0
        while position < bytes.count {
            let start = position
            let byte = bytes[position]
            let next = position + 1 < bytes.count ? bytes[position + 1] : 0
            var kind = Kind.symbol
            switch byte {
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"), 0x0B, 0x0C:
                position += 1
                continue
            case UInt8(ascii: "-") where next == byte:
                position = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
                continue
            case UInt8(ascii: "/") where next == UInt8(ascii: "*"):
                position = endOfComment(bytes, from: start)
                continue
            case UInt8(ascii: "'"):
                kind = .literal
                position = endOfQuote(bytes, from: start, escapes: false)
            case UInt8(ascii: "\""):
                kind = .identifier
                position = endOfQuote(bytes, from: start, escapes: false)
            case UInt8(ascii: "E"), UInt8(ascii: "e"):
                if next == UInt8(ascii: "'") {
                    kind = .literal
                    position = endOfQuote(bytes, from: start + 1, escapes: true)
                } else {
                    kind = .word
                    position = endOfWord(bytes, from: start)
                }
            case UInt8(ascii: "$"):
                if let end = endOfDollarQuote(bytes, from: start) {
                    kind = .literal
                    position = end
                } else {
                    position += 1
                }
            default:
                if isWord(byte) {
                    kind = .word
                    position = endOfWord(bytes, from: start)
                } else {
                    position += 1
                }
            }
            tokens.append(SQLToken(kind: kind, range: start..<position))
        }
        return tokens
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), 0x80...0xFF:
            true
        default: false
        }
    }

    private static func endOfWord(_ bytes: [UInt8], from start: Int) -> Int {
        bytes[start...].firstIndex { !isWord($0) && $0 != UInt8(ascii: "$") } ?? bytes.count
    }

    private static func endOfQuote(_ bytes: [UInt8], from start: Int, escapes: Bool) -> Int {
        let quote = bytes[start]
        var position = start + 1
        while position < bytes.count {
            if escapes, bytes[position] == UInt8(ascii: "\\") {
                position += 2
                continue
            }
            position += 1
            guard bytes[position - 1] == quote else { continue }
            if position < bytes.count, bytes[position] == quote { position += 1 } else { return position }
        }
        return bytes.count
    }

    private static func endOfComment(_ bytes: [UInt8], from start: Int) -> Int {
        var depth = 0
        var position = start
        while position + 1 < bytes.count {
            switch (bytes[position], bytes[position + 1]) {
            case (UInt8(ascii: "/"), UInt8(ascii: "*")):
                depth += 1
                position += 2
            case (UInt8(ascii: "*"), UInt8(ascii: "/")):
                depth -= 1
                position += 2
                if depth == 0 { return position }
            default: position += 1
            }
        }
        return bytes.count
    }

    /// Nil where the `$` begins no quote.
    private static func endOfDollarQuote(_ bytes: [UInt8], from start: Int) -> Int? {
        let tagEnd = bytes[(start + 1)...].firstIndex { !isWord($0) } ?? bytes.count
        guard tagEnd < bytes.count, bytes[tagEnd] == UInt8(ascii: "$") else { return nil }
        let tag = bytes[start...tagEnd]
        var position = tagEnd + 1
        while position + tag.count <= bytes.count {
            if bytes[position..<position + tag.count].elementsEqual(tag) { return position + tag.count }
            position += 1
        }
        return bytes.count
    }
}
