@testable import Shell

/// A lexer with variables in a table, and what it reports.
final class LexerHarness: LexerContext {
    var variables: [String: String]
    var isActive = true
    private(set) var warnings: [String] = []
    private(set) var reports: [String] = []
    private(set) lazy var lexer = SQLLexer(context: self)

    init(_ variables: [String: String] = [:]) { self.variables = variables }

    func value(ofVariable name: String, quoting: VariableQuoting) -> String? {
        guard isActive, let value = variables[name] else { return nil }
        return switch quoting {
        case .plain: value
        case .literal, .shellArgument: "'\(value.replacing("'", with: "''"))'"
        case .identifier: "\"\(value)\""
        }
    }

    func output(ofCommand command: String) -> [UInt8] { Array("<\(command)>".utf8) }
    func warn(_ message: String) { warnings.append(message) }
    func report(_ message: String) { reports.append(message) }

    /// The statements of some lines as a script would send them; a `\` and what follows on its line is in brackets.
    func split(_ text: String, encoding: ClientEncoding = .utf8, standardStrings: Bool = true) -> [String] {
        split(bytes: Array(text.utf8), encoding: encoding, standardStrings: standardStrings)
    }

    func split(bytes: [UInt8], encoding: ClientEncoding = .utf8, standardStrings: Bool = true) -> [String] {
        var statements: [String] = []
        var query: [UInt8] = []
        var prompt = PromptStatus.ready
        for line in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
            if line.isEmpty, !lexer.isInQuote { continue }
            if !query.isEmpty { query.append(0x0A) }
            lexer.begin(Array(line), encoding: encoding, standardStrings: standardStrings)
            scanning: while true {
                switch lexer.scan(into: &query, prompt: &prompt) {
                case .semicolon:
                    statements.append(String(decoding: query, as: UTF8.self))
                    query = []
                case .backslash:
                    let name = lexer.scanCommandName()
                    statements.append("[\(name)|\(lexer.scanArgument(.wholeLine)?.text ?? "")]")
                case .incomplete, .endOfLine: break scanning
                }
            }
        }
        if !query.isEmpty { statements.append(String(decoding: query, as: UTF8.self)) }
        lastPrompt = prompt
        return statements
    }

    private(set) var lastPrompt = PromptStatus.ready

    /// The arguments of a command line without its name.
    func arguments(
        _ line: String, _ kind: SQLLexer.ArgumentKind = .ordinary, strippingSemicolons: Bool = false
    ) -> [String] {
        lexer.begin(Array(line.utf8), encoding: .utf8, standardStrings: true)
        var found: [String] = []
        while let argument = lexer.scanArgument(kind, strippingSemicolons: strippingSemicolons) {
            found.append(argument.text)
        }
        return found
    }
}
