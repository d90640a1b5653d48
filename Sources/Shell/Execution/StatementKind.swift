/// The kind of a statement by its first words, as far as the shell must know it before it sends the statement
/// (common.c).
struct StatementKind {
    private let words: WordReader

    init(_ statement: [UInt8]) { words = WordReader(statement) }

    /// True for statements before which AUTOCOMMIT off must not send BEGIN: those that control transactions, and those
    /// that the server refuses inside one (PreventInTransactionBlock).
    var needsNoTransaction: Bool {
        var words = words
        switch words.next() {
        case "abort", "begin", "start", "commit", "end", "rollback", "vacuum": return true
        case "prepare": return words.next() == "transaction"
        case "cluster": return words.next().isEmpty
        case "create":
            var word = words.next()
            if word == "database" || word == "tablespace" { return true }
            if word == "unique" { word = words.next() }
            return word == "index" && words.next() == "concurrently"
        case "alter": return words.next() == "system"
        case "drop", "reindex":
            switch words.next() {
            case "database", "system", "tablespace": return true
            case "index", "table": return words.next() == "concurrently"
            default: return false
            }
        case "discard": return words.next() == "all"
        default: return false
        }
    }

    /// SELECT or VALUES, which a cursor can run.
    var isSelect: Bool {
        var words = words
        words.skipParentheses()
        let word = words.next()
        return word == "select" || word == "values"
    }
}

/// Words of a statement, in lower case, past white space and comments.
private struct WordReader {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The next word of ASCII letters; empty where none begins.
    mutating func next() -> String {
        skipSpace()
        let start = position
        while position < bytes.count, isLetter(bytes[position]) { position += 1 }
        return String(decoding: bytes[start..<position].map(CharacterClass.lowercased), as: UTF8.self)
    }

    mutating func skipParentheses() {
        skipSpace()
        while position < bytes.count, bytes[position] == UInt8(ascii: "(") {
            position += 1
            skipSpace()
        }
    }

    private func isLetter(_ byte: UInt8) -> Bool {
        CharacterClass.startsIdentifier(byte) && byte < 0x80 && byte != UInt8(ascii: "_")
    }

    private func starts(_ first: Character, _ second: Character) -> Bool {
        position + 1 < bytes.count && bytes[position] == first.asciiValue && bytes[position + 1] == second.asciiValue
    }

    private mutating func skipSpace() {
        var depth = 0
        while position < bytes.count {
            if starts("/", "*") {
                depth += 1
                position += 2
            } else if depth > 0 {
                if starts("*", "/") {
                    depth -= 1
                    position += 2
                } else {
                    position += 1
                }
            } else if starts("-", "-") {
                while position < bytes.count, bytes[position] != 0x0A { position += 1 }
            } else if CharacterClass.isSpace(bytes[position]) || bytes[position] == 0x0B {
                position += 1
            } else {
                return
            }
        }
    }
}
