/// Splits input into statements and meta-commands as psql does (psqlscan.l).
///
/// A line is given to `begin`, then `scan` is called until it says that the line is at its end. Each call appends to the
/// statement's buffer and stops at a `;` that ends the statement or at a `\`; after a `\` the caller reads the command
/// with `scanCommandName`, `scanArgument` and `scanCommandEnd`, and goes on with `scan`. Text that spans lines (quotes,
/// comments, parentheses, function bodies) is in `state` and stays for the next line. `:name` pushes the variable's value
/// on a stack of inputs, so that it is read as SQL; a token never spans two inputs.
final class SQLLexer {
    /// Where the scan is (the exclusive states of psqlscan.l).
    enum State: Hashable {
        case initial
        case comment
        case bitString
        case quoted
        /// E'…', and '…' where standard_conforming_strings is off.
        case escaped
        case unicodeString
        /// Just after a closing quote: a newline and another quote would continue the string.
        indirect case quoteStop(State)
        case doubleQuoted
        /// With the whole opening delimiter.
        case dollarQuoted([UInt8])
    }

    /// Not owned: the owner of the lexer is its context.
    unowned let context: any LexerContext
    var state = State.initial
    var inputs: [LexerInput] = []
    var encoding = ClientEncoding.utf8
    var standardStrings = true
    /// Parentheses that are open; `;` inside them does not end a statement.
    var parenthesisDepth = 0
    var beginDepth = 0
    var commentDepth = 0
    /// Words so far, and the initials of those at its beginning that make CREATE [OR REPLACE] FUNCTION | PROCEDURE.
    var identifierCount = 0
    var identifierInitials = [UInt8](repeating: 0, count: 4)

    /// The statement is COPY … FROM STDIN so far.
    var copiesFromStandardInput = false
    private(set) var isCopy = false
    private var lastWord = ""

    init(context: any LexerContext) { self.context = context }

    /// Begins a line (without its newline).
    func begin(_ line: [UInt8], encoding: ClientEncoding, standardStrings: Bool) {
        self.encoding = encoding
        self.standardStrings = standardStrings
        inputs = [LexerInput(line, encoding: encoding)]
    }

    /// Drops what is left of the line.
    func finish() { inputs = [] }

    /// Forgets the statement: as at its beginning.
    func reset() {
        state = .initial
        parenthesisDepth = 0
        beginDepth = 0
        commentDepth = 0
        identifierCount = 0
        copiesFromStandardInput = false
    }

    /// Watches for COPY … FROM STDIN; the words inside parentheses are another statement's.
    func followCopy(word: String) {
        if identifierCount == 0 {
            isCopy = word == "copy"
            copiesFromStandardInput = false
        } else if isCopy, parenthesisDepth == 0, lastWord == "from", word == "stdin" || word == "stdout" {
            copiesFromStandardInput = true
        }
        lastWord = word
    }

    /// True where an empty line matters.
    var isInQuote: Bool {
        switch state {
        case .initial, .quoteStop: false
        default: true
        }
    }

    /// Goes on to the next stop. `prompt` becomes what a further line needs.
    func scan(into query: inout [UInt8], prompt: inout PromptStatus) -> ScanResult {
        while true {
            guard let input = inputs.last else { return endOfLine(query, &prompt) }
            if input.position >= input.bytes.count {
                if inputs.count == 1 { return endOfLine(query, &prompt) }
                inputs.removeLast()
                continue
            }
            if let stop = step(&query) {
                prompt = .ready
                return stop
            }
        }
    }

    private func endOfLine(_ query: [UInt8], _ prompt: inout PromptStatus) -> ScanResult {
        switch state {
        case .initial, .quoteStop:
            if parenthesisDepth > 0 {
                prompt = .parenthesis
            } else if beginDepth > 0 {
                prompt = .continuation
            } else if !query.isEmpty {
                prompt = .continuation
                return .endOfLine
            } else {
                prompt = .ready
            }
        case .comment: prompt = .comment
        case .bitString, .quoted, .escaped, .unicodeString: prompt = .singleQuote
        case .doubleQuoted: prompt = .doubleQuote
        case .dollarQuoted: prompt = .dollarQuote
        }
        return .incomplete
    }

    // MARK: Reading the current input

    /// The byte `offset` after the position, 0 past the end (no rule matches a zero byte).
    func peek(_ offset: Int = 0) -> UInt8 {
        guard let input = inputs.last, input.position + offset < input.masked.count else { return 0 }
        return input.masked[input.position + offset]
    }

    var remaining: Int { inputs.last.map { $0.masked.count - $0.position } ?? 0 }

    /// How many bytes from `offset` on belong to a class.
    func run(from offset: Int = 0, while matches: (UInt8) -> Bool) -> Int {
        guard let input = inputs.last else { return 0 }
        var end = input.position + offset
        while end < input.masked.count, matches(input.masked[end]) { end += 1 }
        return max(end - input.position - offset, 0)
    }

    func skip(_ count: Int) {
        guard !inputs.isEmpty else { return }
        inputs[inputs.count - 1].position += count
    }

    /// Moves `count` bytes, as they came in, to the output.
    func take(_ count: Int, into output: inout [UInt8]) {
        guard let input = inputs.last else { return }
        output.append(contentsOf: input.bytes[input.position..<min(input.position + count, input.bytes.count)])
        skip(count)
    }

    /// The text at `offset`, as it came in.
    func text(at offset: Int, _ count: Int) -> String {
        guard let input = inputs.last else { return "" }
        let start = input.position + offset
        return String(decoding: input.bytes[start..<min(start + count, input.bytes.count)], as: UTF8.self)
    }
}
