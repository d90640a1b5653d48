/// Why the lexer stopped (psqlscan.h, PsqlScanResult).
enum ScanResult: Hashable, Sendable {
    /// A `;` that ends a statement; it is in the buffer.
    case semicolon
    /// A `\` that begins a meta-command; it is consumed.
    case backslash
    /// The line's end inside a quote, comment, parenthesis or function body, or with nothing collected.
    case incomplete
    /// The line's end where the statement may be complete.
    case endOfLine
}

/// The prompt that the next line needs, which `%R` shows.
enum PromptStatus: Hashable, Sendable {
    case ready, continuation, comment, singleQuote, doubleQuote, dollarQuote, parenthesis, copy
}

/// How a variable's value is written where it is used.
enum VariableQuoting: Sendable {
    /// `:name`
    case plain
    /// `:'name'`
    case literal
    /// `:"name"`
    case identifier
    /// `:'name'` inside backticks
    case shellArgument
}

/// The surroundings of the lexer.
protocol LexerContext: AnyObject {
    /// A variable's value; nil where it is not set, where expansion is suppressed (an inactive `\if` branch), or where it
    /// cannot be quoted, which has then been reported.
    func value(ofVariable name: String, quoting: VariableQuoting) -> String?
    /// Runs a command in backticks; its output without the last newline. Not called in an inactive branch.
    func output(ofCommand command: String) -> [UInt8]
    /// False in an inactive `\if` branch.
    var isActive: Bool { get }
    func warn(_ message: String)
    func report(_ message: String)
}

/// Text that is being scanned: a line, or the value of a variable in it.
struct LexerInput {
    let bytes: [UInt8]
    /// The bytes that the rules match against; they differ from `bytes` only in unsafe encodings.
    let masked: [UInt8]
    /// The variable that the text came from.
    let variable: String?
    var position = 0

    init(_ bytes: [UInt8], encoding: ClientEncoding, variable: String? = nil) {
        self.bytes = bytes
        self.masked = encoding.masked(bytes)
        self.variable = variable
    }
}
