/// Reads names and patterns from the text after a command. Names are separated by white space or commas.
public struct NameScanner {
    private let scalars: [Unicode.Scalar]
    private var position = 0

    public init(_ text: String) { scalars = Array(text.unicodeScalars) }

    public var isAtEnd: Bool { position == scalars.count }
    public var next: Unicode.Scalar? { isAtEnd ? nil : scalars[position] }

    public mutating func skipSpace() {
        while let next, next.properties.isWhitespace { position += 1 }
    }

    /// Skips white space and commas between two names.
    public mutating func skipSeparators() {
        while let next, next.properties.isWhitespace || next == "," { position += 1 }
    }

    /// Takes a keyword, in any case, if it is the next bare word.
    public mutating func take(keyword: String) -> Bool {
        var end = position
        while end < scalars.count, scalars[end].isASCII, scalars[end].properties.isAlphabetic { end += 1 }
        let word = String(String.UnicodeScalarView(scalars[position..<end]))
        guard word.lowercased() == keyword, end == scalars.count || !Self.isPartOfName(scalars[end]) else {
            return false
        }
        position = end
        return true
    }

    private static func isPartOfName(_ scalar: Unicode.Scalar) -> Bool {
        !scalar.properties.isWhitespace && scalar != "," && scalar != "(" && scalar != ")"
    }

    /// `[schema.]name`, either with wildcards.
    public mutating func tablePattern() throws(PostgresError) -> TablePattern {
        let start = position
        let first = try namePattern()
        guard next == "." else { return TablePattern(schema: nil, name: first, description: text(from: start)) }
        position += 1
        let second = try namePattern()
        guard next != "." else {
            throw PostgresError(
                "improper table name (too many dotted names): \(text(from: start))…",
                hint: "Write TABLE or SCHEMA.TABLE; another database is another connection.", sqlState: .syntaxError)
        }
        return TablePattern(schema: first, name: second, description: text(from: start))
    }

    /// One name up to a dot, a separator or a parenthesis.
    public mutating func namePattern() throws(PostgresError) -> NamePattern {
        var pieces: [NamePattern.Piece] = []
        let start = position
        while let scalar = next, scalar != ".", Self.isPartOfName(scalar) {
            position += 1
            switch scalar {
            case "*": pieces.append(.anyRun)
            case "?": pieces.append(.anyOne)
            case "\"": try quoted(into: &pieces)
            case "A"..."Z": pieces.append(.one(Unicode.Scalar(UInt8(scalar.value) + 32)))
            default: pieces.append(.one(scalar))
            }
        }
        guard !pieces.isEmpty else {
            if position > start {
                throw PostgresError("zero-length delimited identifier: \(text(from: start))", sqlState: .syntaxError)
            }
            throw unexpected()
        }
        return NamePattern(pieces: pieces)
    }

    private mutating func quoted(into pieces: inout [NamePattern.Piece]) throws(PostgresError) {
        let start = position - 1
        while let scalar = next {
            position += 1
            guard scalar == "\"" else {
                pieces.append(.one(scalar))
                continue
            }
            guard next == "\"" else { return }
            position += 1
            pieces.append(.one("\""))
        }
        throw PostgresError(
            "unterminated quoted identifier: \(text(from: start))", hint: "Close the name with a double quote.",
            sqlState: .syntaxError)
    }

    /// A parenthesized text, which begins here, without its outer parentheses. Parentheses in quotes do not count.
    public mutating func parenthesized() throws(PostgresError) -> String {
        guard next == "(" else { throw unexpected() }
        let start = position + 1
        var depth = 0
        while let scalar = next {
            position += 1
            switch scalar {
            case "(": depth += 1
            case ")":
                depth -= 1
                if depth == 0 { return String(String.UnicodeScalarView(scalars[start..<position - 1])) }
            case "'", "\"":
                while let inner = next, inner != scalar { position += 1 }
                guard !isAtEnd else { break }
                position += 1
            default: break
            }
        }
        throw PostgresError(
            "unbalanced parenthesis in \"(\(text(from: start))\"", hint: "Close what the parenthesis opened.",
            sqlState: .syntaxError)
    }

    /// The error that the text goes on where it should not, or ends where it should not.
    public func unexpected() -> PostgresError {
        let rest = String(String.UnicodeScalarView(scalars[position...]))
        return PostgresError(
            rest.isEmpty ? "a name is missing at the end" : "syntax error at \"\(rest)\"",
            hint: "Write TABLE or SCHEMA.TABLE; a name that is not plain lower case goes into double quotes.",
            sqlState: .syntaxError)
    }

    private func text(from start: Int) -> String { String(String.UnicodeScalarView(scalars[start..<position])) }
}
