/// The settings of the shell that psql's command-line options make (manual, psql "Options"). The connection is not part
/// of it: that comes with the configuration.
public struct ShellOptions: Sendable {
    /// The actions that replace reading standard input, in the order given.
    public enum Action: Hashable, Sendable {
        /// `-c`: SQL, all of it in one message, or one meta-command where it begins with a backslash.
        case command(String)
        /// `-f`: a script; `-` is standard input.
        case file(String)
    }

    /// `-w` and `-W`.
    public enum PasswordPrompt: Sendable {
        case whenNeeded, never, always
    }

    /// A variable to set, or to unset where the value is nil.
    public struct Assignment: Hashable, Sendable {
        public var name: String
        public var value: String?

        public init(_ name: String, _ value: String?) {
            self.name = name
            self.value = value
        }
    }

    public var actions: [Action] = []
    /// `-v NAME=VALUE`; and `-a` (`ECHO all`), `-b` (`ECHO errors`), `-e` (`ECHO queries`), `-E` (`ECHO_HIDDEN on`), `-q`
    /// (`QUIET on`), `-s` (`SINGLESTEP on`), `-S` (`SINGLELINE on`).
    public var variables: [Assignment] = []
    /// `-P NAME=VALUE`; and `-A` (`format unaligned`), `--csv` (`format csv`), `-H` (`format html`), `-t` (`tuples_only
    /// on`), `-x` (`expanded on`), `-F` (`fieldsep`), `-R` (`recordsep`), `-T` (`tableattr`), `-z` (`fieldsep_zero`), `-0`
    /// (`recordsep_zero`).
    public var printSettings: [Assignment] = []
    /// `-X` clears it.
    public var readsStartupFile = true
    /// `-n` clears it.
    public var editsLines = true
    /// `-l`.
    public var listsDatabases = false
    /// `-1`.
    public var singleTransaction = false
    public var passwordPrompt = PasswordPrompt.whenNeeded
    /// `-L`: all that is sent and received goes here too.
    public var logFile: String?
    /// `-o`: a file, or a command after `|`.
    public var output: String?
    /// The name that errors in a script begin with: `psql` where the program is called by that name.
    public var programName = "scry-backfill"
    /// Shown under the error where the first connection cannot be made.
    public var connectionHint: String?
    /// Lines shown before the first prompt; nil for psql's own.
    public var greeting: [String]?

    public init() {}
}
