/// `\set`, `\unset`, `\prompt`.
extension PsqlCommand {
    static let variables: [PsqlCommand] = [
        PsqlCommand(
            "prompt", section: .variables, help: [Help("\\prompt [TEXT] NAME", "prompt user to set internal variable")],
            run: { $0.promptForVariable() }),
        PsqlCommand(
            "set", section: .variables,
            help: [Help("\\set [NAME [VALUE]]", "set internal variable, or list all if no parameters")],
            completes: [.variable]
        ) { call in
            guard let name = call.argument() else {
                for (name, value) in call.session.variables.all { call.say("\(name) = '\(value)'") }
                return .done
            }
            var value = ""
            while let part = call.argument() { value += part }
            return call.result(call.session.setVariable(name, value))
        },
        PsqlCommand(
            "unset", section: .variables, help: [Help("\\unset NAME", "unset (delete) internal variable")],
            completes: [.variable]
        ) { call in
            guard let name = call.argument() else { return call.missingArgument() }
            return call.result(call.session.setVariable(name, nil))
        },
    ]
}

extension CommandCall {
    fileprivate func promptForVariable() -> CommandResult {
        guard let first = argument() else { return missingArgument() }
        let second = argument()
        let variable = second ?? first
        let text = second == nil ? "" : first
        let answer: String?
        if log.file == nil {
            log.flush()
            answer = PasswordPrompt.ask(text, echo: true, interrupt: session.interrupt)
        } else {
            session.standardOutput.write(text)
            session.standardOutput.flush()
            if case .line(let line, _) = session.standardInput.readLine(interrupt: session.interrupt) {
                answer = String(decoding: line, as: UTF8.self)
            } else {
                log.error("\\\(name): could not read value for variable")
                return .failed
            }
        }
        guard let answer else { return .failed }
        return result(session.setVariable(variable, answer))
    }
}
