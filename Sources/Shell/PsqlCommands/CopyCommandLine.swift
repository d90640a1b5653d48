/// The words of `\copy` (copy.c, parse_slash_copy): the table or query, `FROM` or `TO`, the place, and options, of
/// which only the file is the shell's; all else goes to the server as it is.
///
///     \copy TABLE [(COLUMN, …)] | (QUERY) FROM | TO 'FILE' | PROGRAM 'COMMAND' | STDIN | STDOUT | PSTDIN | PSTDOUT [OPTIONS]
struct CopyCommandLine: Equatable {
    enum Endpoint: Equatable {
        case file(String)
        case program(String)
        /// The script's own lines, or the query output.
        case here
        /// The shell's standard input or output, wherever the command stands.
        case standard
    }

    var subject = ""
    var isFrom = false
    var endpoint = Endpoint.here
    var options = ""

    /// The statement that is sent to the server.
    var statement: String { "COPY \(subject)\(isFrom ? " FROM STDIN " : " TO STDOUT ")\(options)" }

    /// The text that was found where something else should be; nil at the end of the line.
    struct ParseFailure: Error { let token: String? }

    init(parsing line: String, standardStrings: Bool) throws(ParseFailure) {
        var tokens = CopyTokens(line)
        var token = try tokens.require(.name)
        if token.lowercased() == "binary" {
            subject += token
            token = try tokens.require(.name)
        }
        if token.hasPrefix("(") {
            var depth = 1
            while depth > 0 {
                subject += " " + token
                token = try tokens.require(.query(escapes: !standardStrings))
                if token.hasPrefix("(") { depth += 1 }
                if token.hasPrefix(")") { depth -= 1 }
            }
        }
        subject += " " + token
        token = try tokens.require(.name)
        if token.hasPrefix(".") {
            subject += token
            subject += try tokens.require(.name)
            token = try tokens.require(.name)
        }
        if token.hasPrefix("(") {
            repeat {
                subject += " " + token
                token = try tokens.require(.columns)
            } while !token.hasPrefix(")")
            subject += " " + token
            token = try tokens.require(.name)
        }
        switch token.lowercased() {
        case "from": isFrom = true
        case "to": isFrom = false
        default: throw ParseFailure(token: token)
        }
        endpoint = try Self.endpoint(&tokens)
        options = tokens.rest
    }

    private static func endpoint(_ tokens: inout CopyTokens) throws(ParseFailure) -> Endpoint {
        let token = try tokens.require(.file)
        switch token.lowercased() {
        case "program":
            let command = try tokens.require(.file)
            guard command.count >= 2, command.hasPrefix("'"), command.hasSuffix("'") else {
                throw ParseFailure(token: command)
            }
            return .program(unquoted(command))
        case "stdin", "stdout": return .here
        case "pstdin", "pstdout": return .standard
        default: return .file(unquoted(token))
        }
    }

    private static func unquoted(_ token: String) -> String {
        var text = Substring(token)
        if text.hasPrefix("'") { text.removeFirst() }
        if text.hasSuffix("'") { text.removeLast() }
        return text.split(separator: "''", omittingEmptySubsequences: false).joined(separator: "'")
    }
}

/// psql's "poor man's flex" (stringutils.c, strtokx).
private struct CopyTokens {
    /// Which characters are tokens of their own and which quote, at this place of the line.
    enum Place {
        case name
        case columns
        case query(escapes: Bool)
        case file

        var delimiters: [UInt8] {
            switch self {
            case .name: Array(".,()".utf8)
            case .columns, .query: Array("()".utf8)
            case .file: Array(";".utf8)
            }
        }

        var quotes: [UInt8] {
            switch self {
            case .name, .columns: Array("\"".utf8)
            case .query: Array("\"'".utf8)
            case .file: Array("'".utf8)
            }
        }
    }

    private let bytes: [UInt8]
    private var position = 0

    init(_ line: String) { bytes = Array(line.utf8) }

    /// The text after the tokens that were taken.
    var rest: String {
        // The white space that ended the last token belongs to it.
        let start = position < bytes.count && Self.isSpace(bytes[position]) ? position + 1 : position
        return String(decoding: bytes[min(start, bytes.count)...], as: UTF8.self)
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
    }

    mutating func require(_ place: Place) throws(CopyCommandLine.ParseFailure) -> String {
        while position < bytes.count, Self.isSpace(bytes[position]) { position += 1 }
        guard position < bytes.count else { throw CopyCommandLine.ParseFailure(token: nil) }
        let start = position
        if place.delimiters.contains(bytes[position]) {
            position += 1
        } else {
            var quote = position
            var escapes = false
            if case .query(let always) = place {
                escapes = always
                let isEscapeString =
                    (bytes[position] | 0x20) == UInt8(ascii: "e") && position + 1 < bytes.count
                    && bytes[position + 1] == UInt8(ascii: "'")
                if isEscapeString {
                    escapes = true
                    quote += 1
                }
            }
            if place.quotes.contains(bytes[quote]) {
                position = endOfQuoted(from: quote, escapes: escapes)
            } else {
                repeat {
                    position += 1
                } while position < bytes.count && !Self.isSpace(bytes[position])
                    && !place.delimiters.contains(bytes[position]) && !place.quotes.contains(bytes[position])
            }
        }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private func endOfQuoted(from start: Int, escapes: Bool) -> Int {
        let quote = bytes[start]
        var index = start + 1
        while index < bytes.count {
            if escapes, bytes[index] == UInt8(ascii: "\\"), index + 1 < bytes.count {
                index += 2
            } else if bytes[index] == quote {
                guard index + 1 < bytes.count, bytes[index + 1] == quote else { return index + 1 }
                index += 2
            } else {
                index += 1
            }
        }
        return index
    }
}
