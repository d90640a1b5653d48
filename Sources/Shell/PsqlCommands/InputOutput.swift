/// Scripts, `\copy`, and text of the user's own.
extension PsqlCommand {
    static let inputOutput: [PsqlCommand] = [
        PsqlCommand(
            "copy", section: .inputOutput,
            help: [Help("\\copy ...", "perform SQL COPY with data stream to the client host")], skipping: .wholeLine,
            completes: [.table]
        ) { call in
            call.result(call.session.copy(call.argument(.wholeLine)))
        },
        PsqlCommand(
            "echo", section: .inputOutput,
            help: [Help("\\echo [-n] [STRING]", "write string to standard output (-n for no newline)")],
            run: { $0.echo(to: $0.session.standardOutput) }),
        PsqlCommand(
            "i", "include", section: .inputOutput, help: [Help("\\i FILE", "execute commands from file")],
            completes: [.file],
            run: { $0.include() }),
        PsqlCommand(
            "ir", "include_relative", section: .inputOutput,
            help: [Help("\\ir FILE", "as \\i, but relative to location of current script")], completes: [.file],
            run: { $0.include() }),
        PsqlCommand(
            "o", "out", section: .inputOutput,
            help: [Help("\\o [FILE]", "send all query results to file or |pipe")], skipping: .fileOrPipe,
            completes: [.file]
        ) { call in
            let target = call.argument(.fileOrPipe, strippingSemicolons: true).map(call.session.expandTilde)
            return call.result(call.session.setQueryOutput(target))
        },
        PsqlCommand(
            "qecho", section: .inputOutput,
            help: [Help("\\qecho [-n] [STRING]", "write string to \\o output stream (-n for no newline)")],
            run: { $0.echo(to: $0.log.queryOutput) }),
        PsqlCommand(
            "warn", section: .inputOutput,
            help: [Help("\\warn [-n] [STRING]", "write string to standard error (-n for no newline)")]
        ) { call in
            call.log.flush()
            let result = call.echo(to: call.log.standardError)
            call.log.standardError.flush()
            return result
        },
    ]
}

extension CommandCall {
    fileprivate func echo(to stream: OutputStream) -> CommandResult {
        var endsLine = true
        var words: [String] = []
        while let word = scan.lexer.scanArgument() {
            if words.isEmpty, endsLine, word.quote == nil, word.text == "-n" {
                endsLine = false
            } else {
                words.append(word.text)
            }
        }
        stream.write(words.joined(separator: " ") + (endsLine ? "\n" : ""))
        return .done
    }

    fileprivate func include() -> CommandResult {
        guard let file = argument(strippingSemicolons: true) else { return missingArgument() }
        let isRelative = name == "ir" || name == "include_relative"
        return result(session.processFile(session.expandTilde(file), isRelative: isRelative) == 0)
    }
}
