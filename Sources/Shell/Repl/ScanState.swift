internal import Libpq
internal import Processes

/// One input's lexer with what it has collected: a script, the terminal, or the argument of `-c`.
final class ScanState: LexerContext {
    unowned let session: ShellSession
    private(set) lazy var lexer = SQLLexer(context: self)
    var conditionals = ConditionalStack()
    /// The statement so far; nil under `-c`, which has no buffer.
    var query: [UInt8]?
    /// The statement that was sent last.
    var previous: [UInt8] = []

    init(session: ShellSession, hasBuffer: Bool = true) {
        self.session = session
        query = hasBuffer ? [] : nil
    }

    func begin(_ line: [UInt8]) {
        lexer.begin(line, encoding: session.clientEncoding, standardStrings: session.standardStrings)
    }

    /// True where the query buffer was empty and now holds the last statement.
    @discardableResult
    func recallPreviousIfEmpty() -> Bool {
        guard let current = query, current.isEmpty else { return false }
        query = previous
        return true
    }

    /// Keeps where the statement stands at the beginning of a branch.
    func saveText() {
        conditionals.save(queryLength: query?.count ?? 0, parenthesisDepth: lexer.parenthesisDepth)
    }

    /// Drops what an inactive branch has added to the statement.
    func discardText() {
        let saved = conditionals.saved
        if let count = query?.count, count > saved.queryLength { query?.removeLast(count - saved.queryLength) }
        lexer.parenthesisDepth = saved.parenthesisDepth
    }

    // MARK: LexerContext

    var isActive: Bool { conditionals.isActive }

    func value(ofVariable name: String, quoting: VariableQuoting) -> String? {
        guard isActive, let value = session.variables[name] else { return nil }
        switch quoting {
        case .plain: return value
        case .literal, .identifier:
            guard let connection = session.connection else {
                session.log.error("cannot escape without active connection")
                return nil
            }
            guard let quoted = connection.quoted(value, asIdentifier: quoting == .identifier) else {
                session.log.info("incomplete multibyte character")
                return nil
            }
            return quoted
        case .shellArgument:
            guard !value.utf8.contains(where: CharacterClass.isNewline) else {
                session.log.error("shell command argument contains a newline or carriage return: \"\(value)\"")
                return nil
            }
            return Self.shellQuoted(value)
        }
    }

    /// Bare where that is safe (appendShellString).
    private static func shellQuoted(_ value: String) -> String {
        let isPlain = value.utf8.allSatisfy { byte in
            CharacterClass.isVariable(byte) && byte < 0x80 || "-_./:".utf8.contains(byte)
        }
        if isPlain, !value.isEmpty { return value }
        return "'" + value.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\"'\"'") + "'"
    }

    func output(ofCommand command: String) -> [UInt8] {
        session.log.flush()
        switch ShellCommand.start(command, .reading) {
        case .failure(let failure):
            session.log.error("\(command): \(failure.description)")
            return []
        case .success(let child):
            var output = child.readAll()
            if output.last == 0x0A { output.removeLast() }
            return output
        }
    }

    func warn(_ message: String) { session.log.warning(message) }
    func report(_ message: String) { session.log.error(message) }
}
