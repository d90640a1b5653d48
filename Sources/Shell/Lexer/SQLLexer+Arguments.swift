/// Reading a meta-command: its name and its arguments (psqlscanslash.l).
///
/// An argument is bare text up to white space or a backslash, in which '…' (with C's escapes), "…" (kept as it is),
/// `…` (a command's output) and variables may stand, also side by side. A variable's value is not read again.
extension SQLLexer {
    enum ArgumentKind: Sendable {
        case ordinary
        /// An SQL identifier: double quotes are taken off, the rest is folded to lower case.
        case identifier
        /// The same, but not folded (`\connect`).
        case identifierAsTyped
        /// A `|` at its start takes the rest of the line.
        case fileOrPipe
        case wholeLine
        /// The rest of the line with its quotes, its variables expanded outside them.
        case line
    }

    struct Argument: Equatable {
        var text: String
        /// The last quote used in it: `'`, `"`, a backtick, or `:` for a variable; nil where there was none.
        var quote: Character?
    }

    /// The command's name: all up to white space or a backslash.
    func scanCommandName() -> String {
        var name: [UInt8] = []
        defer { state = .initial }
        while atText() {
            let length = run { !CharacterClass.isSpace($0) && $0 != UInt8(ascii: "\\") }
            if length == 0 { break }
            take(length, into: &name)
        }
        return String(decoding: name, as: UTF8.self)
    }

    /// The next argument; nil where there is none, or where a quote is not closed, which is reported.
    ///
    /// `strippingSemicolons`: unquoted semicolons at its end do not belong to it.
    func scanArgument(_ kind: ArgumentKind = .ordinary, strippingSemicolons: Bool = false) -> Argument? {
        defer { state = .initial }
        if kind == .wholeLine { return wholeLine() }
        if kind == .line { return expandedLine() }
        while atText() {
            let spaces = run(while: CharacterClass.isSpace)
            if spaces == 0 { break }
            skip(spaces)
        }
        if kind == .fileOrPipe, peek() == UInt8(ascii: "|"), atText() { return wholeLine() }

        var scan = ArgumentScan()
        while atText(), !CharacterClass.isSpace(peek()), peek() != UInt8(ascii: "\\") {
            guard piece(&scan) else {
                context.report("unterminated quoted string")
                finish()
                return nil
            }
        }
        var text = scan.text
        if strippingSemicolons {
            while scan.unquotedTail > 0, text.last == UInt8(ascii: ";") {
                text.removeLast()
                scan.unquotedTail -= 1
            }
        }
        // As in C, a zero byte ends it.
        if let zero = text.firstIndex(of: 0) { text.removeSubrange(zero...) }
        if text.isEmpty, scan.quote == nil { return nil }
        switch kind {
        case .identifier: text = Self.identifier(text, folding: true, encoding: encoding)
        case .identifierAsTyped: text = Self.identifier(text, folding: false, encoding: encoding)
        default: break
        }
        return Argument(text: String(decoding: text, as: UTF8.self), quote: scan.quote)
    }

    /// Eats the `\\` that may separate a command from what follows.
    func scanCommandEnd() {
        defer { state = .initial }
        guard atText() else { return }
        if peek() == UInt8(ascii: "\\"), peek(1) == UInt8(ascii: "\\") { skip(2) }
    }

    /// Takes double quotes off and folds what is outside them. `FOO"BAR"BAZ` becomes `fooBARbaz`.
    static func identifier(_ text: [UInt8], folding: Bool, encoding: ClientEncoding) -> [UInt8] {
        var result: [UInt8] = []
        var quoted = false
        var index = 0
        while index < text.count {
            if text[index] == UInt8(ascii: "\"") {
                if quoted, index + 1 < text.count, text[index + 1] == UInt8(ascii: "\"") {
                    result.append(text[index])
                    index += 1
                } else {
                    quoted.toggle()
                }
                index += 1
                continue
            }
            let length = encoding.length(in: text, at: index)
            if folding, !quoted, length == 1 {
                result.append(CharacterClass.lowercased(text[index]))
            } else {
                result.append(contentsOf: text[index..<index + length])
            }
            index += length
        }
        return result
    }

    // MARK: The parts of an argument

    private struct ArgumentScan {
        var text: [UInt8] = []
        var quote: Character?
        /// Characters at the end that no kind of quote covers.
        var unquotedTail = 0
    }

    /// False at the line's end. Leaves variables' values that are used up.
    private func atText() -> Bool {
        while let input = inputs.last {
            if input.position < input.bytes.count { return true }
            if inputs.count == 1 { return false }
            inputs.removeLast()
        }
        return false
    }

    private func wholeLine() -> Argument? {
        var text: [UInt8] = []
        while atText() {
            if text.isEmpty {
                let spaces = run(while: CharacterClass.isSpace)
                if spaces > 0 {
                    skip(spaces)
                    continue
                }
            }
            take(remaining, into: &text)
        }
        return text.isEmpty ? nil : Argument(text: String(decoding: text, as: UTF8.self), quote: nil)
    }

    private func expandedLine() -> Argument? {
        var text: [UInt8] = []
        var quote: UInt8?
        while atText() {
            let byte = peek()
            if quote == nil, let use = variableUse(), byte == UInt8(ascii: ":") {
                var scan = ArgumentScan()
                variable(use, &scan)
                text += scan.text
                continue
            }
            if byte == quote {
                quote = nil
            } else if quote == nil, byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
                quote = byte
            }
            if text.isEmpty, CharacterClass.isSpace(byte) { skip(1) } else { take(1, into: &text) }
        }
        while let last = text.last, CharacterClass.isSpace(last) || last == UInt8(ascii: ";") { text.removeLast() }
        return text.isEmpty ? nil : Argument(text: String(decoding: text, as: UTF8.self), quote: nil)
    }

    /// One part of an argument; false where its quote is not closed.
    private func piece(_ scan: inout ArgumentScan) -> Bool {
        switch peek() {
        case UInt8(ascii: "'"):
            scan.quote = "'"
            scan.unquotedTail = 0
            skip(1)
            return singleQuoted(&scan.text)
        case UInt8(ascii: "\""):
            scan.quote = "\""
            scan.unquotedTail = 0
            take(1, into: &scan.text)
            return doubleQuoted(&scan.text)
        case UInt8(ascii: "`"):
            scan.quote = "`"
            scan.unquotedTail = 0
            skip(1)
            return backticks(&scan.text)
        case UInt8(ascii: ":"):
            if let use = variableUse() {
                variable(use, &scan)
                return true
            }
        default: break
        }
        scan.unquotedTail += 1
        take(1, into: &scan.text)
        return true
    }

    private func variable(_ use: VariableUse, _ scan: inout ArgumentScan) {
        if use.form == .test {
            let isSet = context.value(ofVariable: use.name, quoting: .plain) != nil
            skip(use.length)
            scan.text.append(contentsOf: (isSet ? "TRUE" : "FALSE").utf8)
            return
        }
        let quoting: VariableQuoting =
            switch use.form {
            case .literal: .literal
            case .identifier: .identifier
            default: .plain
            }
        scan.quote = ":"
        scan.unquotedTail = 0
        if let value = context.value(ofVariable: use.name, quoting: quoting) {
            skip(use.length)
            scan.text.append(contentsOf: value.utf8)
        } else {
            take(use.length, into: &scan.text)
        }
    }

    private func singleQuoted(_ text: inout [UInt8]) -> Bool {
        while atText() {
            switch peek() {
            case UInt8(ascii: "'") where peek(1) == UInt8(ascii: "'"):
                skip(1)
                take(1, into: &text)
            case UInt8(ascii: "'"):
                skip(1)
                return true
            case UInt8(ascii: "\\") where remaining > 1:
                skip(1)
                escape(&text)
            default:
                take(1, into: &text)
            }
        }
        return false
    }

    /// The text after a backslash in '…': C's letters, octal and hexadecimal bytes; any other character is itself.
    private func escape(_ text: inout [UInt8]) {
        let letters: [UInt8: UInt8] = [
            UInt8(ascii: "n"): 0x0A, UInt8(ascii: "t"): 0x09, UInt8(ascii: "b"): 0x08, UInt8(ascii: "r"): 0x0D,
            UInt8(ascii: "f"): 0x0C,
        ]
        if let byte = letters[peek()] {
            skip(1)
            text.append(byte)
            return
        }
        if (UInt8(ascii: "0")...UInt8(ascii: "7")).contains(peek()) {
            let count = min(3, run { (UInt8(ascii: "0")...UInt8(ascii: "7")).contains($0) })
            text.append(UInt8(truncatingIfNeeded: Int(self.text(at: 0, count), radix: 8) ?? 0))
            return skip(count)
        }
        if peek() == UInt8(ascii: "x") {
            let count = min(2, run(from: 1) { CharacterClass.isHexadecimal($0) })
            if count > 0 {
                text.append(UInt8(truncatingIfNeeded: Int(self.text(at: 1, count), radix: 16) ?? 0))
                return skip(1 + count)
            }
        }
        take(1, into: &text)
    }

    private func doubleQuoted(_ text: inout [UInt8]) -> Bool {
        while atText() {
            let closes = peek() == UInt8(ascii: "\"")
            take(1, into: &text)
            if closes { return true }
        }
        return false
    }

    private func backticks(_ text: inout [UInt8]) -> Bool {
        var command: [UInt8] = []
        while atText() {
            switch peek() {
            case UInt8(ascii: "`"):
                skip(1)
                // In an inactive \if branch the command itself stands for its output.
                if context.isActive {
                    text.append(contentsOf: context.output(ofCommand: String(decoding: command, as: UTF8.self)))
                } else {
                    text.append(contentsOf: command)
                }
                return true
            case UInt8(ascii: ":"):
                guard let use = variableUse(), use.form == .plain || use.form == .literal else {
                    take(1, into: &command)
                    continue
                }
                let quoting: VariableQuoting = use.form == .plain ? .plain : .shellArgument
                if let value = context.value(ofVariable: use.name, quoting: quoting) {
                    skip(use.length)
                    command.append(contentsOf: value.utf8)
                } else {
                    take(use.length, into: &command)
                }
            default:
                take(1, into: &command)
            }
        }
        return false
    }
}
