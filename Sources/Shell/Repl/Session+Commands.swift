internal import Commands
internal import Configuration
internal import Libpq
internal import Postgres

/// Finding and running a meta-command (command.c, HandleSlashCmds): psql's own first, then those of the command layer, the
/// longest name first.
extension ShellSession {
    /// Runs the command whose backslash was just read, and takes its arguments from the line.
    func handleCommand(_ scan: ScanState) -> CommandResult {
        let name = scan.lexer.scanCommandName()
        let result = run(name, scan)
        if result == .failed {
            // Silently.
            _ = scan.lexer.scanArgument(.wholeLine)
        } else {
            let isActive = scan.isActive
            scan.conditionals.push(.ignored)
            while let extra = scan.lexer.scanArgument() {
                if isActive { log.warning("\\\(name): extra argument \"\(extra.text)\" ignored") }
            }
            scan.conditionals.pop()
        }
        scan.lexer.scanCommandEnd()
        log.queryOutput.flush()
        return result
    }

    private func run(_ name: String, _ scan: ScanState) -> CommandResult {
        if restriction != nil, name != "unrestrict" {
            log.error("backslash commands are restricted; only \\unrestrict is allowed")
            return .failed
        }
        let call = CommandCall(name: name, session: self, scan: scan)
        let command = PsqlCommand.named(name)
        guard scan.isActive || command?.runsWhenInactive == true else {
            if isInteractive {
                log.warning("\\\(name) command ignored; use \\endif or Ctrl-C to exit current \\if block")
            }
            guard command != nil || DescribeCommand.named(name) != nil || isOwn(name) else { return unknown(name) }
            skipArguments(command, name, scan)
            return .done
        }
        if let command {
            let result = command.run(call)
            // The buffer is sent, or the last statement where the buffer is empty.
            if result == .send { scan.recallPreviousIfEmpty() }
            return result
        }
        if let result = call.describe() { return result }
        if let outcome = runOwn(name, call) { return outcome }
        return unknown(name)
    }

    private func unknown(_ name: String) -> CommandResult {
        log.error("invalid command \\\(name)")
        if isInteractive || nearest(to: name) != nil { suggest(name) }
        return .failed
    }

    private func skipArguments(_ command: PsqlCommand?, _ name: String, _ scan: ScanState) {
        switch command?.skipping ?? .ordinary {
        case .ordinary: while scan.lexer.scanArgument() != nil {}
        case .fileOrPipe: _ = scan.lexer.scanArgument(.fileOrPipe)
        case .wholeLine: _ = scan.lexer.scanArgument(.wholeLine)
        }
    }

    /// Under the name of psql its own hint, and only to a person.
    private func suggest(_ name: String) {
        if log.programName != "psql", let nearest = nearest(to: name) {
            log.hint("\(log.isTerse ? "HINT:  " : "")Perhaps you meant \"\\\(nearest)\".")
        }
        if isInteractive { log.hint("Try \\? for help.") }
    }

    private func nearest(to name: String) -> String? {
        guard name.count > 1, log.programName != "psql" else { return nil }
        let own = CommandTable.all.map { String($0.words[0]) }
        return closestMatch(to: name, among: PsqlCommand.byName.keys.sorted() + own)
    }

    // MARK: The command layer

    private func isOwn(_ typed: String) -> Bool {
        let name = typed.hasSuffix("+") ? String(typed.dropLast()) : typed
        return CommandTable.all.contains { $0.words.first.map(String.init) == name }
    }

    /// Runs a command of the command layer; nil where none has this name.
    private func runOwn(_ typed: String, _ call: CommandCall) -> CommandResult? {
        let plus = typed.hasSuffix("+")
        let name = plus ? String(typed.dropLast()) : typed
        guard isOwn(typed) else { return nil }
        var words = [name]
        // Only words that a longer name can have next are read as such; the rest may be SQL.
        while CommandTable.all.contains(where: { $0.words.count > words.count && $0.begins(with: words) }),
            let word = call.argument(strippingSemicolons: true)
        {
            words.append(word)
        }
        guard let (command, rest) = CommandTable.find(words) else {
            let known = CommandTable.all.map(\.name).filter { $0.hasPrefix(name + " ") }
            log.error("invalid command \\\(words.joined(separator: " "))")
            let nearest = closestMatch(to: words.joined(separator: " "), among: known)
            log.hint(
                (log.isTerse ? "HINT:  " : "")
                    + (nearest.map { "Perhaps you meant \"\\\($0)\"." }
                        ?? "The commands are \(known.map { "\\" + $0 }.joined(separator: ", "))."))
            return .failed
        }
        var arguments = Array(rest)
        if command.grammar.takesLine {
            if let line = call.argument(.line) { arguments.append(line) }
        } else {
            while let word = call.argument(strippingSemicolons: true) { arguments.append(word) }
        }
        return runOwn(command, arguments, plus: plus)
    }

    private func runOwn(_ command: Command, _ words: [String], plus: Bool) -> CommandResult {
        do throws(PostgresError) {
            let arguments = try command.grammar.parse(words, plus: plus, of: command)
            log.flush()
            let output = try command.run(context, arguments)
            noteConnections()
            OutputPrinter(log: log, options: printOptions, isQuiet: settings.quiet).print(
                output, asJSON: arguments.json)
            setVariable("ERROR", output.succeeded ? "false" : "true")
            return output.succeeded ? .done : .failed
        } catch {
            noteConnections()
            reportOwn(error)
            return .failed
        }
    }

    /// A command may have restored a connection, and its notices wait.
    private func noteConnections() {
        for target in Target.allCases {
            if let connection = server(target)?.current { show(notices: connection.takeNotices(), statement: nil) }
        }
        // At a prompt a Ctrl-C was for the command; in a script it ends the script.
        guard isInteractive else { return }
        Signals.clear(interrupt)
    }

    /// An error that this program found, in the form of the server's.
    func reportOwn(_ error: PostgresError) {
        log.info(errorText.render(own: error))
        lastError = (error, nil)
        var asServer = error
        asServer.origin = .server
        setResultVariables(failure: asServer)
    }
}

extension Command {
    fileprivate func begins(with words: [String]) -> Bool {
        zip(self.words, words).allSatisfy { $0 == $1 }
    }
}
