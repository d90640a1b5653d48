/// Words, the strings that begin with a letter, and variables.
extension SQLLexer {
    /// A word, or the beginning of E'…', B'…', X'…', N'…', U&'…', U&"…".
    func word(_ query: inout [UInt8]) {
        let first = CharacterClass.lowercased(peek())
        switch (first, peek(1)) {
        case (UInt8(ascii: "e"), UInt8(ascii: "'")):
            state = .escaped
            return take(2, into: &query)
        case (UInt8(ascii: "b"), UInt8(ascii: "'")), (UInt8(ascii: "x"), UInt8(ascii: "'")):
            state = .bitString
            return take(2, into: &query)
        case (UInt8(ascii: "n"), UInt8(ascii: "'")):
            return take(1, into: &query)
        case (UInt8(ascii: "u"), UInt8(ascii: "&")):
            if peek(2) == UInt8(ascii: "'") {
                state = .unicodeString
                return take(3, into: &query)
            }
            if peek(2) == UInt8(ascii: "\"") {
                state = .doubleQuoted
                return take(3, into: &query)
            }
            return take(1, into: &query)
        default: break
        }
        let start = query.count
        take(run(while: CharacterClass.continuesIdentifier), into: &query)
        follow(word: query[start...].map(CharacterClass.lowercased))
    }

    /// Keeps count of BEGIN … END and CASE … END in the body of a function in SQL, whose semicolons do not end the
    /// statement. A heuristic, as psql's: the statement must begin with CREATE [OR REPLACE] FUNCTION or PROCEDURE.
    private func follow(word: [UInt8]) {
        let text = String(decoding: word, as: UTF8.self)
        followCopy(word: text)
        if identifierCount == 0 { identifierInitials = [0, 0, 0, 0] }
        if identifierCount < identifierInitials.count,
            ["create", "function", "procedure", "or", "replace"].contains(text), let initial = word.first
        {
            identifierInitials[identifierCount] = initial
        }
        identifierCount += 1
        let routine: Set<UInt8> = [UInt8(ascii: "f"), UInt8(ascii: "p")]
        let initials = identifierInitials
        guard initials[0] == UInt8(ascii: "c"), parenthesisDepth == 0,
            routine.contains(initials[1])
                || (initials[1] == UInt8(ascii: "o") && initials[2] == UInt8(ascii: "r")
                    && routine.contains(initials[3]))
        else { return }
        switch text {
        case "begin": beginDepth += 1
        case "case" where beginDepth >= 1: beginDepth += 1
        case "end" where beginDepth > 0: beginDepth -= 1
        default: break
        }
    }

    /// `::`, `:=`, a variable in one of its four forms, or a lone colon.
    func colon(_ query: inout [UInt8]) {
        if peek(1) == UInt8(ascii: ":") || peek(1) == UInt8(ascii: "=") { return take(2, into: &query) }
        guard let use = variableUse() else { return take(1, into: &query) }
        switch use.form {
        case .plain:
            guard let value = context.value(ofVariable: use.name, quoting: .plain) else { break }
            if inputs.contains(where: { $0.variable == use.name }) {
                context.warn("skipping recursive expansion of variable \"\(use.name)\"")
                break
            }
            skip(use.length)
            inputs.append(LexerInput(Array(value.utf8), encoding: encoding, variable: use.name))
            return
        case .literal, .identifier:
            let quoting: VariableQuoting = use.form == .literal ? .literal : .identifier
            guard let value = context.value(ofVariable: use.name, quoting: quoting) else { break }
            skip(use.length)
            query.append(contentsOf: value.utf8)
            return
        case .test:
            let isSet = context.value(ofVariable: use.name, quoting: .plain) != nil
            skip(use.length)
            query.append(contentsOf: (isSet ? "TRUE" : "FALSE").utf8)
            return
        }
        take(use.length, into: &query)
    }

    enum VariableForm { case plain, literal, identifier, test }

    struct VariableUse {
        let form: VariableForm
        let name: String
        /// Bytes from the colon on.
        let length: Int
    }

    /// The use of a variable that begins with the colon at the position; nil where it is not one.
    func variableUse() -> VariableUse? {
        guard peek() == UInt8(ascii: ":") else { return nil }
        func named(_ form: VariableForm, from offset: Int, closing: UInt8?) -> VariableUse? {
            let count = run(from: offset, while: CharacterClass.isVariable)
            guard count > 0, closing == nil || peek(offset + count) == closing else { return nil }
            return VariableUse(
                form: form, name: text(at: offset, count), length: offset + count + (closing == nil ? 0 : 1))
        }
        switch peek(1) {
        case UInt8(ascii: "'"): return named(.literal, from: 2, closing: UInt8(ascii: "'"))
        case UInt8(ascii: "\""): return named(.identifier, from: 2, closing: UInt8(ascii: "\""))
        case UInt8(ascii: "{") where peek(2) == UInt8(ascii: "?"):
            return named(.test, from: 3, closing: UInt8(ascii: "}"))
        default: return named(.plain, from: 1, closing: nil)
        }
    }
}
