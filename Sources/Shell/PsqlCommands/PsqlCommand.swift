/// What the loop does after a meta-command (command.h, backslashResult).
enum CommandResult: Sendable {
    /// Go on with the line.
    case done
    /// Send the query buffer.
    case send
    /// The query buffer holds new text, to be read from its beginning.
    case edited
    /// Leave the input.
    case terminate
    case failed
}

/// One of psql's own commands. They act on the shell's state; those of the `Commands` module act on databases and the job.
struct PsqlCommand: Sendable {
    /// How many arguments an inactive `\if` branch skips: as many as an active one would take.
    enum Skipping: Sendable { case ordinary, fileOrPipe, wholeLine }

    /// The headings of `\?`.
    enum Section: String, CaseIterable, Sendable {
        case general = "General"
        case help = "Help"
        case queryBuffer = "Query Buffer"
        case inputOutput = "Input/Output"
        case conditional = "Conditional"
        case informational = "Informational"
        case formatting = "Formatting"
        case connection = "Connection"
        case operatingSystem = "Operating System"
        case variables = "Variables"
    }

    /// A line of `\?`: how the command is typed, and its explanation.
    struct Help: Sendable {
        let usage: String
        /// Lines.
        let text: String

        init(_ usage: String, _ text: String) {
            self.usage = usage
            self.text = text
        }
    }

    /// The name and its other spellings.
    let names: [String]
    let section: Section
    let help: [Help]
    let skipping: Skipping
    /// The kinds that its arguments complete to.
    let completes: [CompletionKind]
    /// It is run in an inactive branch too (`\if` and its kin).
    let runsWhenInactive: Bool
    let run: @Sendable (CommandCall) -> CommandResult

    init(
        _ names: String..., section: Section, help: [Help] = [], skipping: Skipping = .ordinary,
        completes: [CompletionKind] = [],
        runsWhenInactive: Bool = false, run: @escaping @Sendable (CommandCall) -> CommandResult
    ) {
        self.names = names
        self.section = section
        self.help = help
        self.skipping = skipping
        self.completes = completes
        self.runsWhenInactive = runsWhenInactive
        self.run = run
    }

    static let all: [PsqlCommand] =
        general + helpCommands + queryBuffer + inputOutput + conditional + formatting + connecting + operatingSystem
        + variables

    /// By every spelling.
    static let byName: [String: PsqlCommand] = Dictionary(
        all.flatMap { command in command.names.map { ($0, command) } }, uniquingKeysWith: { first, _ in first })

    static func named(_ name: String) -> PsqlCommand? {
        byName[name] ?? (name.lowercased() == "copy" ? byName["copy"] : nil)
    }
}

/// One use of a command: its name as typed, and the arguments as it asks for them.
struct CommandCall {
    let name: String
    let session: ShellSession
    let scan: ScanState

    var log: MessageLog { session.log }

    /// The next argument's text.
    func argument(_ kind: SQLLexer.ArgumentKind = .ordinary, strippingSemicolons: Bool = false) -> String? {
        scan.lexer.scanArgument(kind, strippingSemicolons: strippingSemicolons)?.text
    }

    /// Text for the person, on standard output whatever `\o` says.
    func say(_ line: String) {
        session.standardOutput.write(line + "\n")
    }

    /// As `say`, unless QUIET is set.
    func announce(_ line: String) {
        if !session.settings.quiet { say(line) }
    }

    func missingArgument() -> CommandResult {
        log.error("\\\(name): missing required argument")
        return .failed
    }

    func result(_ success: Bool) -> CommandResult { success ? .done : .failed }
}
