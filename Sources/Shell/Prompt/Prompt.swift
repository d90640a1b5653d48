/// The facts that a prompt shows, from values at hand: drawing a prompt never asks the server.
struct PromptFacts {
    /// Where plain SQL goes.
    var target = Target.source
    /// Nil without a connection.
    var connection: Connection?
    var status = PromptStatus.ready
    /// False in an inactive `\if` branch.
    var isActive = true
    var isSingleLine = false
    /// The line within the statement, from 1.
    var line = 1
    /// Cells of the last PROMPT1.
    var firstPromptWidth = 0
    /// PGDATABASE.
    var defaultDatabase: String?

    struct Connection {
        var database: String
        var user: String
        /// As the server has it now (`SET SESSION AUTHORIZATION` changes it).
        var sessionUser: String
        var host: String
        var port: String
        var processID: Int32
        var isSuperuser: Bool
        var transaction: Transaction
    }

    enum Transaction { case idle, open, failed, unknown }
}

/// Expands a prompt's escapes (prompt.c, manual "Prompting"). The shell's own: `%T` is the target, `source` or `shadow`;
/// `%t` is ` (shadow)` on the shadow and empty on the source.
struct Prompt {
    static let defaultPrompt = "%/%t%R%x%# "
    static let psqlDefaultPrompt = "%/%R%x%# "

    let facts: PromptFacts
    let variable: (String) -> String?
    /// The first line that a command prints.
    let commandOutput: (String) -> String

    func expand(_ template: String) -> String {
        var result = ""
        var rest = Substring(template)
        while let character = rest.popFirst() {
            guard character == "%", let escape = rest.popFirst() else {
                if character != "%" { result.append(character) }
                continue
            }
            result += expand(escape, &rest)
        }
        return result
    }

    private func expand(_ escape: Character, _ rest: inout Substring) -> String {
        switch escape {
        case "T": return facts.target.rawValue
        case "t": return facts.target == .shadow ? " (shadow)" : ""
        case "R": return continuationMark
        case "x": return transactionMark
        case "l": return String(facts.line)
        case "?": return ""
        case "#": return facts.connection?.isSuperuser == true ? "#" : ">"
        case "w":
            return facts.connection == nil ? "" : String(repeating: " ", count: facts.firstPromptWidth)
        case "`":
            let command = rest.prefix { $0 != "`" }
            rest = rest.dropFirst(command.count + 1)
            return commandOutput(String(command))
        case ":":
            let name = rest.prefix { $0 != ":" }
            rest = rest.dropFirst(name.count + 1)
            return variable(String(name)) ?? ""
        case "[": return String(Prompt.invisibleStart)
        case "]": return String(Prompt.invisibleEnd)
        case "0"..."7":
            return code(escape, &rest)
        case "M", "m", "/", "~", ">", "n", "p":
            return facts.connection.map { connectionPart(escape, $0) } ?? ""
        default: return String(escape)
        }
    }

    /// They stand around text that takes no room on the screen (readline's RL_PROMPT_START_IGNORE and its end).
    static let invisibleStart: Character = "\u{1}"
    static let invisibleEnd: Character = "\u{2}"

    private func connectionPart(_ escape: Character, _ connection: PromptFacts.Connection) -> String {
        switch escape {
        case "/": return connection.database
        case "~":
            return connection.database == connection.user || connection.database == facts.defaultDatabase
                ? "~" : connection.database
        case ">": return connection.port
        case "n": return connection.sessionUser
        case "p": return connection.processID == 0 ? "" : String(connection.processID)
        default:
            guard connection.host.hasPrefix("/") || connection.host.hasPrefix("@") || connection.host.isEmpty else {
                return escape == "m" ? String(connection.host.prefix { $0 != "." }) : connection.host
            }
            let isDefault = connection.host.isEmpty || connection.host == "/var/run/postgresql"
            return isDefault || escape == "m" ? "[local]" : "[local:\(connection.host)]"
        }
    }

    private var continuationMark: String {
        switch facts.status {
        case .ready: !facts.isActive ? "@" : facts.connection == nil ? "!" : facts.isSingleLine ? "^" : "="
        case .continuation: "-"
        case .singleQuote: "'"
        case .doubleQuote: "\""
        case .dollarQuote: "$"
        case .comment: "*"
        case .parenthesis: "("
        case .copy: ""
        }
    }

    private var transactionMark: String {
        switch facts.connection?.transaction {
        case .idle: ""
        case .open: "*"
        case .failed: "!"
        case .unknown, nil: "?"
        }
    }

    /// A character by its octal code.
    private func code(_ first: Character, _ rest: inout Substring) -> String {
        let digits = String(first) + rest.prefix { ("0"..."7").contains($0) }
        rest = rest.dropFirst(digits.count - 1)
        guard let value = UInt8(digits.suffix(3), radix: 8) else { return "" }
        return String(UnicodeScalar(value))
    }

    /// The prompt without the text that takes no room, for measuring.
    static func visible(_ prompt: String) -> String {
        var result = ""
        var isVisible = true
        for character in prompt {
            switch character {
            case invisibleStart: isVisible = false
            case invisibleEnd: isVisible = true
            case _ where isVisible: result.append(character)
            default: break
            }
        }
        return result
    }
}
