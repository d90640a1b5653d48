/// How many `COPY … FROM STDIN` statements a text holds. In a script the data of each follows it, and must not be taken
/// for SQL where the statement fails.
struct InlineCopies {
    /// Counts in a text as it is sent, with its variables already expanded.
    static func count(in statements: [UInt8], encoding: ClientEncoding, standardStrings: Bool) -> Int {
        let context = NoVariables()
        let lexer = SQLLexer(context: context)
        lexer.begin(statements, encoding: encoding, standardStrings: standardStrings)
        var text: [UInt8] = []
        var prompt = PromptStatus.ready
        var count = 0
        while true {
            text.removeAll(keepingCapacity: true)
            let result = lexer.scan(into: &text, prompt: &prompt)
            if lexer.copiesFromStandardInput { count += 1 }
            lexer.reset()
            if result == .incomplete || result == .endOfLine { return count }
        }
    }
}

/// The text has been expanded already.
private final class NoVariables: LexerContext {
    let isActive = true
    func value(ofVariable name: String, quoting: VariableQuoting) -> String? { nil }
    func output(ofCommand command: String) -> [UInt8] { [] }
    func warn(_ message: String) {}
    func report(_ message: String) {}
}
