import Commands
import Configuration

/// The target of a command line, by its first word.
enum Route {
    /// psql's command line.
    case shell
    /// One of ArgumentParser's subcommands, with its arguments, its name first.
    case subcommand([String])
    /// A command of the command layer, and the words after its name.
    case command(Command, [String])
    /// The first word begins commands, but no command has these words.
    case incomplete(words: [String], candidates: [Command])

    /// The word must stand first, but for `--source`, `--shadow` and `--config`: in any other place it is, as in psql, a
    /// database or a value. A word that begins no command is a database too.
    init(_ arguments: [String], subcommands: [String], commands: [Command]) {
        var options: [String] = []
        var rest = arguments[...]
        while let first = rest.first,
            let option = Self.leading.first(where: { first == $0 || first.hasPrefix($0 + "=") })
        {
            options += rest.prefix(first == option ? 2 : 1)
            rest = rest.dropFirst(first == option ? 2 : 1)
        }
        guard let word = rest.first else {
            self = .shell
            return
        }
        if subcommands.contains(word) {
            self = .subcommand(Array(rest.prefix(1)) + options + rest.dropFirst())
            return
        }
        // As in the shell, a `+` after the name asks for more.
        if word.hasSuffix("+"), let command = commands.first(where: { $0.grammar.takesPlus && $0.name + "+" == word }) {
            self = .command(command, options + ["--verbose"] + rest.dropFirst())
            return
        }
        let candidates = commands.filter { $0.words.first.map(String.init) == word }
        guard !candidates.isEmpty else {
            self = .shell
            return
        }
        let fitting = candidates.filter { $0.words.count <= rest.count && zip($0.words, rest).allSatisfy { $0 == $1 } }
        if let command = fitting.max(by: { $0.words.count < $1.words.count }) {
            self = .command(command, options + rest.dropFirst(command.words.count))
        } else {
            self = .incomplete(words: Array(rest.prefix { !$0.hasPrefix("-") }), candidates: candidates)
        }
    }

    private static let leading = ["--source", "--shadow", "--config"]

    /// For a database that could not be reached: the command that its name was perhaps meant to be.
    static func hint(forDatabase name: String, subcommands: [String], commands: [Command]) -> String? {
        let words = subcommands + commands.compactMap { $0.words.first.map(String.init) }
        guard let nearest = closestMatch(to: name, among: words) else { return nil }
        return nearest == name
            ? "\"\(name)\" was taken for a database; to run the command of that name put it first."
            : "\"\(name)\" was taken for a database. Perhaps you meant the command \"\(nearest)\"."
    }
}
