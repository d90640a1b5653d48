internal import Libpq
internal import Postgres

/// One of psql's describe commands: `\d`, `\dt`, `\l` …
struct DescribeCommand: Sendable {
    /// Without the letters that may follow it.
    let name: String
    /// As `\?` shows it.
    let synopsis: String
    let help: String
    /// The kind of object that its argument names, for completion.
    let completes: CompletionKind?
    /// Letters that may follow the name, in any order: `S` shows the system's objects too, `+` more columns, others choose
    /// kinds of objects.
    let modifiers: String
    let run: @Sendable (DescribeRequest) throws(PostgresError) -> [DescribeResult]

    init(
        _ name: String, _ synopsis: String, _ help: String, completes: CompletionKind? = nil, modifiers: String = "+",
        run: @escaping @Sendable (DescribeRequest) throws(PostgresError) -> [DescribeResult]
    ) {
        self.name = name
        self.synopsis = synopsis
        self.help = help
        self.completes = completes
        self.modifiers = modifiers
        self.run = run
    }

    /// All, in the order of `\?`.
    static let all: [DescribeCommand] = relationCommands + objectCommands + clusterCommands

    /// The command that a word after the backslash calls, with the letters after its name; nil for other words.
    static func named(_ word: String) -> (command: DescribeCommand, modifiers: String)? {
        // `\dtvS+` is `\d` with letters, but `\du` a command of its own: the longest name wins.
        let candidates = all.filter { command in
            word.hasPrefix(command.name) && word.dropFirst(command.name.count).allSatisfy(command.modifiers.contains)
        }
        guard let command = candidates.max(by: { $0.name.count < $1.name.count }) else { return nil }
        return (command, String(word.dropFirst(command.name.count)))
    }
}

/// The request to a describe command, and where it goes.
struct DescribeRequest {
    let connection: Connection
    /// The letters after the command's name.
    var modifiers = ""
    var pattern: String?
    /// HIDE_TABLEAM and HIDE_TOAST_COMPRESSION.
    var hidesTableAccessMethod = false
    var hidesCompression = false
    /// QUIET: no message about objects that were not found.
    var isQuiet = false
    /// Called with each query before it is sent (ECHO_HIDDEN). False keeps it from being sent (`noexec`).
    var onQuery: ((String) -> Bool)?

    var isVerbose: Bool { modifiers.contains("+") }
    var showsSystem: Bool { modifiers.contains("S") }
    /// Whether the system's own objects are left out: not where they are asked for, or anything is asked for by name.
    var hidesSystem: Bool { !showsSystem && pattern == nil }
    var version: Int { connection.serverVersion.number }
}

/// The result of a describe command.
enum DescribeResult {
    case table(DescribeTable)
    /// Nothing to list: reported as an error, as psql does, but the command has not failed.
    case notFound(String)
    /// The object that was named does not exist, or cannot be read: reported as an error, and the command has failed.
    case refused(String)
}

/// A table, and which of the user's settings apply to it.
struct DescribeTable {
    var table: ArrayTable
    /// Whether "(n rows)" goes under it.
    var hasDefaultFooter = true
    /// Whether `\x` turns it on its side.
    var isExpandable = true

    /// The user's options for this table. NULL is always shown as nothing.
    func options(_ options: PrintOptions) -> PrintOptions {
        var options = options
        options.null = ""
        if !hasDefaultFooter { options.defaultFooter = false }
        if !isExpandable { options.expanded = .off }
        return options
    }
}
