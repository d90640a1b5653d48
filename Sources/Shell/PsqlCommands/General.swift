/// Leaving, running the query buffer, showing the last error.
extension PsqlCommand {
    static let general: [PsqlCommand] = [
        PsqlCommand(
            "errverbose", section: .general,
            help: [Help("\\errverbose", "show most recent error message at maximum verbosity")]
        ) { call in
            guard let last = call.session.lastError else {
                call.say("There is no previous error.")
                return .done
            }
            var text = call.session.errorText
            text.verbosity = .verbose
            text.showContext = .always
            call.log.error(
                last.statement == nil
                    ? text.render(own: last.error) : text.render(last.error, statement: last.statement))
            return .done
        },
        PsqlCommand(
            "g", section: .general,
            help: [
                Help(
                    "\\g [(OPTIONS)] [FILE]",
                    "execute query (and send result to file or |pipe);\n\\g with no arguments is equivalent to a semicolon"
                )
            ], skipping: .fileOrPipe, run: { $0.go() }),
        PsqlCommand(
            "gdesc", section: .general, help: [Help("\\gdesc", "describe result of query, without executing it")]
        ) { call in
            call.session.once.describes = true
            return .send
        },
        PsqlCommand(
            "gexec", section: .general,
            help: [Help("\\gexec", "execute query, then execute each value in its result")]
        ) { call in
            call.session.once.executes = true
            return .send
        },
        PsqlCommand(
            "gset", section: .general,
            help: [Help("\\gset [PREFIX]", "execute query and store result in variables")]
        ) { call in
            call.session.once.prefix = call.argument() ?? ""
            return .send
        },
        PsqlCommand(
            "gx", section: .general, help: [Help("\\gx [(OPTIONS)] [FILE]", "as \\g, but forces expanded output mode")],
            skipping: .fileOrPipe, run: { $0.go() }),
        PsqlCommand("q", "quit", section: .general, help: [Help("\\q", "quit the shell")]) { _ in .terminate },
        PsqlCommand(
            "restrict", section: .general,
            help: [Help("\\restrict RESTRICT_KEY", "enter restricted mode with provided key")]
        ) { call in
            guard let key = call.argument(strippingSemicolons: true), !key.isEmpty else {
                return call.missingArgument()
            }
            call.session.restriction = key
            return .done
        },
        PsqlCommand(
            "unrestrict", section: .general,
            help: [Help("\\unrestrict RESTRICT_KEY", "exit restricted mode if key matches")],
            run: { $0.unrestrict() }),
        PsqlCommand(
            "watch", section: .general, help: [Help("\\watch [SEC]", "execute query every SEC seconds")],
            run: { $0.watch() }),
    ]
}

extension CommandCall {
    /// `\g` and `\gx`: options in parentheses for this one statement, then a file or a command after `|`.
    fileprivate func go() -> CommandResult {
        var target = argument(.fileOrPipe)
        if let first = target, first.hasPrefix("(") {
            guard applyOnceOptions(String(first.dropFirst())) else { return .failed }
            target = argument(.fileOrPipe)
        }
        session.once.file = target.map(session.expandTilde)
        if name == "gx" {
            savePrintOptions()
            session.printOptions.expanded = .on
        }
        return .send
    }

    private func savePrintOptions() {
        if session.once.savedPrintOptions == nil { session.once.savedPrintOptions = session.printOptions }
    }

    /// Print options up to a closing parenthesis.
    private func applyOnceOptions(_ first: String) -> Bool {
        var next: String? = first
        var success = true
        while true {
            guard var option = next else {
                log.error("\\\(name): missing right parenthesis")
                success = false
                break
            }
            let isLast = option.hasSuffix(")")
            if isLast { option.removeLast() }
            if !option.isEmpty {
                let parts = option.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(
                    String.init)
                savePrintOptions()
                if !session.applyPrintSetting(parts[0], parts.count > 1 ? parts[1] : nil, announces: false) {
                    success = false
                }
            }
            if isLast { break }
            next = argument()
        }
        if !success, let saved = session.once.savedPrintOptions {
            session.printOptions = saved
            session.once.savedPrintOptions = nil
        }
        return success
    }

    /// The key is compared as it is typed, so that no variable or command in it can be used to get out.
    fileprivate func unrestrict() -> CommandResult {
        guard let raw = argument(.wholeLine) else { return missingArgument() }
        var key = Substring(raw)
        while let last = key.last, last.isWhitespace || last == ";" { key.removeLast() }
        guard !key.isEmpty else { return missingArgument() }
        guard let wanted = session.restriction else {
            log.error("\\\(name): not currently in restricted mode")
            return .failed
        }
        guard key == wanted else {
            log.error("\\\(name): wrong key")
            return .failed
        }
        session.restriction = nil
        return .done
    }
}
