/// One token at a time. The rules of each state are those of psqlscan.l, the longest match first.
extension SQLLexer {
    func step(_ query: inout [UInt8]) -> ScanResult? {
        switch state {
        case .initial: return initialStep(&query)
        case .comment: commentStep(&query)
        case .bitString, .quoted, .escaped, .unicodeString: stringStep(&query)
        case .quoteStop(let previous): quoteStopStep(previous, &query)
        case .doubleQuoted: doubleQuotedStep(&query)
        case .dollarQuoted(let delimiter): dollarQuotedStep(delimiter, &query)
        }
        return nil
    }

    private func initialStep(_ query: inout [UInt8]) -> ScanResult? {
        let byte = peek()
        switch byte {
        case 0x20, 0x09, 0x0A, 0x0C, 0x0D:
            whitespace(run(while: CharacterClass.isSpace), &query)
        case UInt8(ascii: "-") where peek(1) == byte:
            whitespace(run { !CharacterClass.isNewline($0) }, &query)
        case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "*"):
            commentDepth = 0
            state = .comment
            take(2, into: &query)
        case UInt8(ascii: "'"):
            state = standardStrings ? .quoted : .escaped
            take(1, into: &query)
        case UInt8(ascii: "\""):
            state = .doubleQuoted
            take(1, into: &query)
        case UInt8(ascii: "$"): dollar(&query)
        case UInt8(ascii: "("):
            parenthesisDepth += 1
            take(1, into: &query)
        case UInt8(ascii: ")"):
            parenthesisDepth = max(parenthesisDepth - 1, 0)
            take(1, into: &query)
        case UInt8(ascii: ";"):
            take(1, into: &query)
            if parenthesisDepth == 0, beginDepth == 0 {
                identifierCount = 0
                return .semicolon
            }
        case UInt8(ascii: "\\"):
            return backslash(&query)
        case UInt8(ascii: ":"): colon(&query)
        case UInt8(ascii: "."):
            if CharacterClass.isDigit(peek(1)) { number(&query) } else { take(peek(1) == byte ? 2 : 1, into: &query) }
        case _ where CharacterClass.isDigit(byte): number(&query)
        case _ where CharacterClass.startsIdentifier(byte): word(&query)
        case _ where CharacterClass.isOperator(byte): operatorToken(&query)
        default: take(1, into: &query)
        }
        return nil
    }

    /// White space and `--` comments before a statement are dropped.
    private func whitespace(_ count: Int, _ query: inout [UInt8]) {
        if query.isEmpty { skip(count) } else { take(count, into: &query) }
    }

    private func backslash(_ query: inout [UInt8]) -> ScanResult? {
        let next = peek(1)
        skip(1)
        guard next == UInt8(ascii: ";") || next == UInt8(ascii: ":") else { return .backslash }
        take(1, into: &query)
        if next == UInt8(ascii: ";") { identifierCount = 0 }
        return nil
    }

    /// An operator stops before a comment that begins inside it.
    private func operatorToken(_ query: inout [UInt8]) {
        let length = run(while: CharacterClass.isOperator)
        var end = 1
        while end < length {
            let pair = (peek(end), peek(end + 1))
            if pair == (UInt8(ascii: "-"), UInt8(ascii: "-")) || pair == (UInt8(ascii: "/"), UInt8(ascii: "*")) {
                break
            }
            end += 1
        }
        take(end, into: &query)
    }

    /// A number takes the letters that follow it along, so that `1e'…'` is no escape string.
    private func number(_ query: inout [UInt8]) {
        var length = run(while: CharacterClass.isDigit)
        if peek(length) == UInt8(ascii: "."), length == 0 || peek(length + 1) != UInt8(ascii: ".") {
            length += 1
            length += run(from: length, while: CharacterClass.isDigit)
        }
        if CharacterClass.lowercased(peek(length)) == UInt8(ascii: "e"),
            peek(length + 1) == UInt8(ascii: "-") || peek(length + 1) == UInt8(ascii: "+")
        {
            let digits = run(from: length + 2, while: CharacterClass.isDigit)
            length += 2 + digits
            if digits == 0 { return take(length, into: &query) }
        }
        length += run(from: length, while: CharacterClass.isDigit)
        if CharacterClass.startsIdentifier(peek(length)) {
            length += run(from: length, while: CharacterClass.continuesIdentifier)
        }
        take(length, into: &query)
    }

    /// `$1`, or a dollar quote's opening delimiter, or a lone `$`.
    private func dollar(_ query: inout [UInt8]) {
        if CharacterClass.isDigit(peek(1)) {
            var length = 1 + run(from: 1, while: CharacterClass.isDigit)
            if CharacterClass.startsIdentifier(peek(length)) {
                length += run(from: length, while: CharacterClass.continuesIdentifier)
            }
            return take(length, into: &query)
        }
        guard let length = dollarDelimiterLength() else { return take(1, into: &query) }
        let start = query.count
        take(length, into: &query)
        state = .dollarQuoted(Array(query[start...]))
    }

    /// The length of `$$` or `$tag$` at the position.
    private func dollarDelimiterLength() -> Int? {
        guard peek() == UInt8(ascii: "$") else { return nil }
        let tag = CharacterClass.startsIdentifier(peek(1)) ? run(from: 1, while: CharacterClass.isVariable) : 0
        return peek(1 + tag) == UInt8(ascii: "$") ? tag + 2 : nil
    }

    private func dollarQuotedStep(_ delimiter: [UInt8], _ query: inout [UInt8]) {
        guard let length = dollarDelimiterLength() else {
            return take(max(1, run { $0 != UInt8(ascii: "$") }), into: &query)
        }
        let start = query.count
        take(length, into: &query)
        if query[start...].elementsEqual(delimiter) {
            state = .initial
        } else {
            // The last $ may begin the delimiter that ends the text.
            query.removeLast()
            skip(-1)
        }
    }

    private func doubleQuotedStep(_ query: inout [UInt8]) {
        guard peek() == UInt8(ascii: "\"") else { return take(run { $0 != UInt8(ascii: "\"") }, into: &query) }
        if peek(1) == UInt8(ascii: "\"") { return take(2, into: &query) }
        state = .initial
        take(1, into: &query)
    }

    private func stringStep(_ query: inout [UInt8]) {
        let byte = peek()
        if byte == UInt8(ascii: "'") {
            if state != .bitString, peek(1) == byte { return take(2, into: &query) }
            state = .quoteStop(state)
            return take(1, into: &query)
        }
        if state == .escaped {
            if byte == UInt8(ascii: "\\") { return take(min(2, remaining), into: &query) }
            return take(run { $0 != UInt8(ascii: "'") && $0 != UInt8(ascii: "\\") }, into: &query)
        }
        take(run { $0 != UInt8(ascii: "'") }, into: &query)
    }

    /// White space with a newline in it and another quote continue the string; all else begins a new token.
    private func quoteStopStep(_ previous: State, _ query: inout [UInt8]) {
        var length = 0
        var sawNewline = false
        while length < remaining {
            if CharacterClass.isSpace(peek(length)) {
                sawNewline = sawNewline || CharacterClass.isNewline(peek(length))
                length += 1
            } else if peek(length) == UInt8(ascii: "-"), peek(length + 1) == UInt8(ascii: "-") {
                length += run(from: length) { !CharacterClass.isNewline($0) }
            } else {
                break
            }
        }
        guard sawNewline, length < remaining, peek(length) == UInt8(ascii: "'") else {
            state = .initial
            return
        }
        state = previous
        take(length + 1, into: &query)
    }

    private func commentStep(_ query: inout [UInt8]) {
        switch peek() {
        case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "*"):
            commentDepth += 1
            take(2, into: &query)
        case UInt8(ascii: "*"):
            let stars = run { $0 == UInt8(ascii: "*") }
            if peek(stars) == UInt8(ascii: "/") {
                if commentDepth <= 0 { state = .initial } else { commentDepth -= 1 }
                take(stars + 1, into: &query)
            } else {
                take(stars, into: &query)
            }
        case UInt8(ascii: "/"):
            take(1, into: &query)
        default:
            take(run { $0 != UInt8(ascii: "*") && $0 != UInt8(ascii: "/") }, into: &query)
        }
    }
}
