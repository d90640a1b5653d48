import Glibc
internal import Processes

/// The query buffer: showing it, clearing it, editing it, keeping it.
extension PsqlCommand {
    static let queryBuffer: [PsqlCommand] = [
        PsqlCommand(
            "e", "edit", section: .queryBuffer,
            help: [Help("\\e [FILE] [LINE]", "edit the query buffer (or file) with external editor")],
            completes: [.file],
            run: { $0.edit() }),
        PsqlCommand(
            "p", "print", section: .queryBuffer, help: [Help("\\p", "show the contents of the query buffer")]
        ) { call in
            if let text = call.runnableText {
                call.session.standardOutput.write(text + [0x0A])
            } else {
                call.announce("Query buffer is empty.")
            }
            return .done
        },
        PsqlCommand(
            "r", "reset", section: .queryBuffer, help: [Help("\\r", "reset (clear) the query buffer")]
        ) { call in
            if call.scan.query != nil { call.scan.query = [] }
            call.scan.lexer.reset()
            call.announce("Query buffer reset (cleared).")
            return .done
        },
        PsqlCommand(
            "s", section: .queryBuffer, help: [Help("\\s [FILE]", "display history or save it to file")],
            completes: [.file],
            run: { $0.showHistory() }),
        PsqlCommand(
            "w", "write", section: .queryBuffer, help: [Help("\\w FILE", "write query buffer to file")],
            skipping: .fileOrPipe, completes: [.file], run: { $0.writeBuffer() }),
    ]
}

extension CommandCall {
    /// The statement that `\g` would send; nil where both the buffer and the last statement are empty.
    fileprivate var runnableText: [UInt8]? {
        if let query = scan.query, !query.isEmpty { return query }
        return scan.previous.isEmpty ? nil : scan.previous
    }

    fileprivate func writeBuffer() -> CommandResult {
        let target = argument(.fileOrPipe, strippingSemicolons: true)
        guard scan.query != nil else {
            log.error("no query buffer")
            return .failed
        }
        guard let target else { return missingArgument() }
        let path = session.expandTilde(target)
        switch OutputStream.open(path) {
        case .failure(let failure):
            log.error("\(path): \(failure.description)")
            return .failed
        case .success(let stream):
            if let text = runnableText { stream.write(text + [0x0A]) }
            if stream.close() == nil {
                log.error("\(path): \(SystemFailure(stream.failure).description)")
                return .failed
            }
            return .done
        }
    }

    fileprivate func showHistory() -> CommandResult {
        let file = argument(strippingSemicolons: true).map(session.expandTilde)
        guard let terminal = session.terminal else {
            log.error("history is not supported by this installation")
            return .failed
        }
        let lines = terminal.history.map { $0 + "\n" }.joined()
        guard let file else {
            session.printPaged(lines + "\n")
            return .done
        }
        switch OutputStream.open(file) {
        case .failure(let failure):
            log.error("could not save history to file \"\(file)\": \(failure.description)")
            return .failed
        case .success(let stream):
            stream.write(lines)
            guard stream.close() != nil else {
                log.error("could not save history to file \"\(file)\": \(SystemFailure(stream.failure).description)")
                return .failed
            }
            announce("Wrote history to file \"\(file)\".")
            return .done
        }
    }

    // MARK: \e

    fileprivate func edit() -> CommandResult {
        guard scan.query != nil else {
            log.error("no query buffer")
            return .failed
        }
        var file = argument(strippingSemicolons: true)
        var lineText = file == nil ? nil : argument(strippingSemicolons: true)
        if let only = file, lineText == nil, !only.isEmpty, only.utf8.allSatisfy(CharacterClass.isDigit) {
            (file, lineText) = (nil, only)
        }
        var line: Int?
        if let lineText {
            guard let number = Int(lineText), number >= 1 else {
                log.error("invalid line number: \(lineText)")
                return .failed
            }
            line = number
        }
        if let file { return edit(path: Path.canonical(session.expandTilde(file)), line: line, dropsUnchanged: true) }
        let recalled = scan.recallPreviousIfEmpty()
        guard let path = temporaryFile() else { return .failed }
        let result = edit(path: path, line: line, dropsUnchanged: recalled)
        if unsafe unlink(path) != 0 {
            log.error("\(path): \(SystemFailure().description)")
            return .failed
        }
        return result
    }

    /// The buffer in a file of its own, readable by nobody else, dated back so that a quick edit shows.
    private func temporaryFile() -> String? {
        let path = "\(Environment["TMPDIR"] ?? "/tmp")/psql.edit.\(getpid()).sql"
        let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            log.error("could not open temporary file \"\(path)\": \(SystemFailure().description)")
            return nil
        }
        let stream = OutputStream(descriptor: descriptor, owned: true)
        var text = scan.query ?? []
        if let last = text.last, last != 0x0A { text.append(0x0A) }
        stream.write(text)
        guard stream.close() != nil else {
            log.error("\(path): \(SystemFailure(stream.failure).description)")
            return nil
        }
        let before = timeval(tv_sec: time(nil) - 2, tv_usec: 0)
        _ = unsafe utimes(path, [before, before])
        return path
    }

    /// Runs the editor; where it changed the file the buffer becomes its content.
    private func edit(path: String, line: Int?, dropsUnchanged: Bool) -> CommandResult {
        let editor =
            Environment["PSQL_EDITOR"] ?? Environment["EDITOR"] ?? Environment["VISUAL"] ?? "sensible-editor"
        var lineArgument = ""
        if let line {
            lineArgument = (Environment["PSQL_EDITOR_LINENUMBER_ARG"] ?? "+") + "\(line) "
        }
        var before = stat()
        guard unsafe stat(path, &before) == 0 else {
            log.error("\(path): \(SystemFailure().description)")
            return .failed
        }
        log.flush()
        let quoted = path.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\"'\"'")
        let status = ShellCommand.run("exec \(editor) \(lineArgument)'\(quoted)'")
        if status == nil { log.error("could not start editor \"\(editor)\"") }
        guard status == .success else { return .failed }
        var after = stat()
        guard unsafe stat(path, &after) == 0 else {
            log.error("\(path): \(SystemFailure().description)")
            return .failed
        }
        let isUnchanged =
            before.st_size == after.st_size && before.st_mtim.tv_sec == after.st_mtim.tv_sec
            && before.st_mtim.tv_nsec == after.st_mtim.tv_nsec
        if isUnchanged {
            if dropsUnchanged { scan.query = [] }
            return .edited
        }
        switch LineReader.open(path) {
        case .failure(let failure):
            log.error("\(path): \(failure.description)")
            return .failed
        case .success(let reader):
            var text: [UInt8] = []
            while case .success(let bytes?) = reader.readBytes(interrupt: session.interrupt) { text += bytes }
            scan.query = text
            return .edited
        }
    }
}
