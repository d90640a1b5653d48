internal import Libpq
internal import Postgres
internal import Processes

/// Reads lines and runs what they hold, until the input ends (mainloop.c). Re-entered by `\i`.
///
/// The statement collects in the scan's buffer; a `;` sends it, a `\` runs a command, which may ask for the statement to
/// be sent (`\g`). At a prompt, Ctrl-C clears the text that was typed; in a script it ends the script.
extension ShellSession {
    /// Statuses of an input that ended: 0, 1 a failure to read, 2 no connection, 3 stopped by an error or Ctrl-C.
    func mainLoop(_ reader: LineReader) -> Int32 {
        let previous = (input: input, isInteractive: isInteractive, line: log.line)
        input = reader
        isInteractive = terminal != nil && reader === standardInput && log.file == nil
        log.line = 0
        statementLine = 1
        defer {
            input = previous.input
            isInteractive = previous.isInteractive
            log.line = previous.line
        }
        let loop = MainLoop(session: self)
        return loop.run()
    }
}

/// The state of one input.
final class MainLoop {
    private let session: ShellSession
    private let scan: ScanState
    private var promptStatus = PromptStatus.ready
    private var status: Int32 = 0
    private var isOver = false
    private var endsByCommand = false
    private var diesOnError = false
    private var endsOfFile = 0
    /// Lines of the entry that is not yet in the history.
    private var history = ""
    private var isLineInHistory = false
    /// The buffer that came back from the editor is to be shown with a prompt.
    private var showsBuffer = false

    init(session: ShellSession) {
        self.session = session
        scan = ScanState(session: session)
    }

    private var log: MessageLog { session.log }
    private var output: OutputStream { session.standardOutput }
    private var query: [UInt8] {
        get { scan.query ?? [] }
        set { scan.query = newValue }
    }

    func run() -> Int32 {
        while !isOver, status == 0, session.exitStatus == nil {
            if Signals.isCancelled {
                Signals.clear(session.interrupt)
                guard session.isInteractive else {
                    status = 3
                    break
                }
            }
            output.flush()
            guard output.failure == 0 else {
                status = 1
                break
            }
            switch nextLine() {
            case .line(let line, _):
                endsOfFile = 0
                take(line)
            case .end: endOfFile()
            case .interrupted: interrupted()
            case .failed(let failure):
                log.error("could not read from input file: \(failure.description)")
                status = 1
            }
        }
        if let exit = session.exitStatus { return exit }
        finish()
        return session.exitStatus ?? status
    }

    private func nextLine() -> LineReader.Line {
        guard session.isInteractive, let terminal = session.terminal else {
            return session.input.readLine(interrupt: session.interrupt)
        }
        session.printNotifications()
        session.lookForJobWarnings()
        if query.isEmpty { promptStatus = .ready }
        if showsBuffer {
            if !query.isEmpty {
                output.write(session.prompt(.ready, scan.conditionals))
                output.write(query)
                output.flush()
            }
            showsBuffer = false
        }
        return terminal.readLine(prompt: session.prompt(promptStatus, scan.conditionals), statement: query)
    }

    /// Ctrl-C while a line was awaited.
    private func interrupted() {
        Signals.clear(session.interrupt)
        scan.lexer.finish()
        scan.lexer.reset()
        query = []
        history = ""
        endsOfFile = 0
        promptStatus = .ready
        showsBuffer = false
        session.statementLine = 1
        guard session.isInteractive else {
            status = 3
            return
        }
        if !scan.conditionals.isEmpty {
            log.error("\\if: escaped")
            scan.conditionals.pop()
        }
    }

    private func endOfFile() {
        guard session.isInteractive else {
            isOver = true
            return
        }
        endsOfFile += 1
        if endsOfFile < session.settings.ignoreEOF {
            if !session.settings.quiet { output.write("Use \"\\q\" to leave \(log.programName).\n") }
            return
        }
        output.write(session.settings.quiet ? "\n" : "\\q\n")
        isOver = true
    }

    /// One line: up to its end, statement by statement and command by command.
    private func take(_ whole: [UInt8]) {
        var line = whole
        log.line += 1
        if log.line == 1 {
            if session.clientEncoding == .utf8, line.starts(with: [0xEF, 0xBB, 0xBF]) { line.removeFirst(3) }
            if !session.isInteractive, line.starts(with: "PGDMP".utf8) {
                output.write(
                    "The input is a PostgreSQL custom-format dump.\n"
                        + "Use the pg_restore command-line client to restore this dump to a database.\n\n")
                status = 1
                return
            }
        }
        if line.isEmpty, !scan.lexer.isInQuote { return }
        if session.isInteractive, Assistance(line: line).answer(session, promptStatus, query.isEmpty, &isOver) {
            return
        }
        if session.settings.echo == .all, !session.isInteractive {
            output.write(line + [0x0A])
            output.flush()
        }
        var addedNewline: Int?
        if !query.isEmpty {
            query.append(0x0A)
            addedNewline = query.count
        }
        diesOnError = session.settings.onErrorStop
        isLineInHistory = false
        let outcome = scanLine(&line, &addedNewline)

        if session.isInteractive {
            if !isLineInHistory { appendToHistory(line) }
            if query.isEmpty { sendHistory() }
        }
        scan.lexer.finish()
        if endsByCommand {
            isOver = true
        } else if !session.isInteractive {
            if !outcome, diesOnError {
                status = 3
            } else if session.connection == nil {
                status = 2
            }
        }
    }

    /// Returns whether the last thing on the line succeeded.
    private func scanLine(_ line: inout [UInt8], _ addedNewline: inout Int?) -> Bool {
        scan.begin(line)
        var success = true
        while success || !diesOnError, session.exitStatus == nil {
            let start = query.count
            let result = scan.lexer.scan(into: &query, prompt: &promptStatus)
            session.statementLine += query[start...].count { $0 == 0x0A }
            if result == .endOfLine { session.statementLine += 1 }
            if result == .semicolon || result == .endOfLine && session.settings.singleLine {
                rememberLine(line)
                success = sendOrIgnore()
                addedNewline = nil
            } else if result == .backslash {
                if query.count == addedNewline {
                    query.removeLast()
                    sendHistory()
                }
                addedNewline = nil
                rememberLine(line)
                let outcome = session.handleCommand(scan)
                success = outcome != .failed
                session.statementLine = 1
                switch outcome {
                case .send:
                    success = sendBuffer()
                    scan.lexer.reset()
                case .edited:
                    line = query + (query.isEmpty || query.last == 0x0A ? [] : [0x0A])
                    query = []
                    scan.lexer.reset()
                    scan.begin(line)
                    isLineInHistory = false
                    promptStatus = .ready
                    showsBuffer = true
                case .terminate:
                    endsByCommand = true
                    return true
                default: break
                }
            }
            if result == .incomplete || result == .endOfLine { break }
        }
        return success
    }

    private func sendOrIgnore() -> Bool {
        guard scan.isActive else {
            if session.isInteractive {
                log.error("query ignored; use \\endif or Ctrl-C to exit current \\if block")
            }
            session.statementLine = 1
            return true
        }
        let success = sendBuffer()
        session.statementLine = 1
        return success
    }

    private func sendBuffer() -> Bool {
        let statement = query
        let success = session.sendQuery(statement)
        scan.previous = statement
        query = []
        return success
    }

    /// Text that is left at the end of a script runs; at a terminal it is dropped.
    private func finish() {
        if !query.isEmpty, !session.isInteractive, status == 0 {
            let success = scan.isActive ? session.sendQuery(query) : true
            if !success, diesOnError {
                status = 3
            } else if session.connection == nil {
                status = 2
            }
        }
        if !endsByCommand, status != 3, !scan.conditionals.isEmpty {
            log.error("reached EOF without finding closing \\endif(s)")
            if diesOnError, !session.isInteractive { status = 3 }
        }
    }

    // MARK: History

    private func rememberLine(_ line: [UInt8]) {
        guard session.isInteractive, !isLineInHistory else { return }
        appendToHistory(line)
        sendHistory()
        isLineInHistory = true
    }

    private func appendToHistory(_ line: [UInt8]) { history += String(decoding: line, as: UTF8.self) + "\n" }

    private func sendHistory() {
        var entry = Substring(history)
        while entry.last == "\n" { entry.removeLast() }
        if session.isInteractive, !entry.isEmpty { session.terminal?.remember(String(entry)) }
        history = ""
    }
}
