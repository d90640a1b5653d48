internal import Configuration
public import Postgres

/// A command of the command layer, declared once: the shell's `\name`, the command line's `scry-backfill name`, `\?`, tab
/// completion and the help all read this value. It acts on databases and the job and prints nothing.
public struct Command: Sendable {
    /// One or more words, without backslash: `slots`, `slot create`.
    public let name: String
    /// The arguments as `\?` shows them: `NAME [--yes]`.
    public let synopsis: String
    /// One line, lower case, no full stop.
    public let help: String
    public let grammar: Grammar
    public let run: @Sendable (CommandContext, Arguments) throws(PostgresError) -> Output

    public init(
        _ name: String, _ synopsis: String, help: String, grammar: Grammar = Grammar(),
        run: @escaping @Sendable (CommandContext, Arguments) throws(PostgresError) -> Output
    ) {
        self.name = name
        self.synopsis = synopsis
        self.help = help
        self.grammar = grammar
        self.run = run
    }

    public var words: [Substring] { name.split(separator: " ") }
}

/// The arguments that a command takes, and how each is completed.
public struct Grammar: Sendable {
    /// The kind of an argument, for tab completion.
    public enum Completion: Sendable, Equatable {
        case nothing, tables, schemas, slots, publications, roles
        case words([String])
    }

    public struct Option: Sendable {
        /// With its dashes: `--mode`.
        public let name: String
        /// The placeholder of its value in the help; nil for a flag.
        public let value: String?
        public let completion: Completion

        public static func flag(_ name: String) -> Option { Option(name: name, value: nil, completion: .nothing) }
        public static func value(_ name: String, _ value: String, _ completion: Completion = .nothing) -> Option {
            Option(name: name, value: value, completion: completion)
        }
    }

    /// How many operands are allowed.
    public let operands: ClosedRange<Int>
    /// The kinds that the operands complete to.
    public let completion: Completion
    /// Besides `--json`, which every command takes.
    public let options: [Option]
    /// A `+` after the name in the shell (`\slots+`), or `--verbose`, asks for more columns.
    public let takesPlus: Bool
    /// The shell passes the rest of the line as one word, as it was typed but for its variables: for operands that hold SQL,
    /// whose quotes must stay. The command line's words come one by one; the command joins them.
    public let takesLine: Bool

    /// Any number of operands (as far as the range's type allows).
    public static let any = 0...Int.max

    public init(
        operands: ClosedRange<Int> = 0...0, completion: Completion = .nothing, options: [Option] = [],
        takesPlus: Bool = false, takesLine: Bool = false
    ) {
        self.operands = operands
        self.completion = completion
        self.options = options
        self.takesPlus = takesPlus
        self.takesLine = takesLine
    }

    /// A line's text, and after it the options that stand before and after it, each a word of its own. Semicolons at
    /// its end are taken off, as psql does for names.
    private static func optionsOfLine(_ line: String) -> [String] {
        var text = line[...]
        while let last = text.last, last.isWhitespace || last == ";" { text.removeLast() }
        var options: [Substring] = []
        text = text.drop { $0.isWhitespace }
        while text.hasPrefix("--") {
            let option = text.prefix { !$0.isWhitespace }
            options.append(option)
            text = text.dropFirst(option.count).drop { $0.isWhitespace }
        }
        while let last = text.split(whereSeparator: \.isWhitespace).last, last.hasPrefix("--") {
            options.append(last)
            text = text[..<last.startIndex]
        }
        return (text.allSatisfy(\.isWhitespace) ? [] : [String(text)]) + options.map(String.init)
    }

    /// Reads the words after a command's name. Options may stand anywhere; `--` ends them; `--name=value` and
    /// `--name value` are one. Words arrive without the shell's quoting except that quoted identifiers keep their double
    /// quotes, since they mean something in a table's name.
    ///
    /// Throws 42601 for an unknown option (with the nearest), a missing value, too few or too many operands.
    public func parse(_ words: [String], plus: Bool = false, of command: Command) throws(PostgresError) -> Arguments {
        var arguments = Arguments(plus: plus)
        var rest = takesLine ? words.flatMap(Self.optionsOfLine)[...] : words[...]
        var optionsEnded = false
        while let word = rest.popFirst() {
            guard !optionsEnded, word.hasPrefix("--") else {
                arguments.operands.append(word)
                continue
            }
            if word == "--" {
                optionsEnded = true
                continue
            }
            let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = String(parts[0])
            if name == "--json" || name == "--verbose" && takesPlus {
                if name == "--json" { arguments.json = true } else { arguments.plus = true }
                continue
            }
            guard let option = options.first(where: { $0.name == name }) else {
                let known = options.map(\.name) + ["--json"]
                throw PostgresError(
                    "invalid option \"\(name)\" of \"\(command.name)\"",
                    hint: closestMatch(to: name, among: known).map { "Perhaps you meant \"\($0)\"." }
                        ?? "Usage: \(command.usage)", sqlState: .syntaxError)
            }
            guard option.value != nil else {
                arguments.flags.insert(name)
                continue
            }
            guard let value = parts.count > 1 ? String(parts[1]) : rest.popFirst() else {
                throw PostgresError(
                    "option \"\(name)\" of \"\(command.name)\" needs a value", hint: "Usage: \(command.usage)",
                    sqlState: .syntaxError)
            }
            arguments.values[name] = value
        }
        guard operands.contains(arguments.operands.count) else {
            let few = arguments.operands.count < operands.lowerBound
            throw PostgresError(
                "too \(few ? "few" : "many") arguments for \"\(command.name)\"", hint: "Usage: \(command.usage)",
                sqlState: .syntaxError)
        }
        return arguments
    }
}

extension Command {
    public var usage: String { synopsis.isEmpty ? "\\\(name)" : "\\\(name) \(synopsis)" }
}

/// The words after a command's name, sorted by its grammar; `CommandArguments` makes values of them.
public struct Arguments: Sendable {
    public var operands: [String] = []
    public var flags: Set<String> = []
    public var values: [String: String] = [:]
    public var json = false
    /// `+` after the name: more columns.
    public var plus: Bool

    public init(plus: Bool = false) { self.plus = plus }
}
