import Glibc
internal import Postgres
internal import Processes

/// The shell's surroundings: folder, environment, other programs, clock.
extension PsqlCommand {
    static let operatingSystem: [PsqlCommand] = [
        PsqlCommand(
            "cd", section: .operatingSystem, help: [Help("\\cd [DIR]", "change the current working directory")],
            completes: [.file],
            run: { $0.changeFolder() }),
        PsqlCommand(
            "getenv", section: .operatingSystem, help: [Help("\\getenv VAR ENVVAR", "fetch environment variable")]
        ) { call in
            guard let variable = call.argument(), let name = call.argument() else { return call.missingArgument() }
            guard let value = Environment[name] else { return .done }
            return call.result(call.session.setVariable(variable, value))
        },
        PsqlCommand(
            "setenv", section: .operatingSystem,
            help: [Help("\\setenv NAME [VALUE]", "set or unset environment variable")], run: { $0.setEnvironment() }),
        PsqlCommand(
            "timing", section: .operatingSystem,
            help: [Help("\\timing [on|off]", "toggle timing of commands (currently %timing%)")],
            completes: [.words(["on", "off"])], run: { $0.timing() }),
        PsqlCommand(
            "!", section: .operatingSystem,
            help: [Help("\\! [COMMAND]", "execute command in shell or start interactive shell")],
            skipping: .wholeLine
        ) { call in
            let command = call.argument(.wholeLine) ?? "exec \(Environment["SHELL"] ?? "/bin/sh")"
            call.log.flush()
            // A command that is not found has said so itself.
            let hasRun = ShellCommand.run(command) != nil
            if !hasRun { call.log.error("\\!: failed") }
            return call.result(hasRun)
        },
    ]
}

extension CommandCall {
    fileprivate func changeFolder() -> CommandResult {
        var folder = argument(strippingSemicolons: true)
        if folder == nil {
            folder = Environment["HOME"]
            if folder == nil || folder == "", let entry = unsafe getpwuid(geteuid()),
                let home = unsafe entry.pointee.pw_dir
            {
                folder = unsafe String(cString: home)
            }
        }
        guard let folder else {
            log.error("could not get home directory for user ID \(geteuid()): user does not exist")
            return .failed
        }
        guard unsafe chdir(folder) == 0 else {
            log.error("\\\(name): could not change directory to \"\(folder)\": \(SystemFailure().description)")
            return .failed
        }
        return .done
    }

    fileprivate func setEnvironment() -> CommandResult {
        let variable = argument()
        let value = argument()
        guard let variable else { return missingArgument() }
        guard !variable.contains("=") else {
            log.error("\\\(name): environment variable name must not contain \"=\"")
            return .failed
        }
        if let value { unsafe setenv(variable, value, 1) } else { unsafe unsetenv(variable) }
        return .done
    }

    fileprivate func timing() -> CommandResult {
        if let text = argument() {
            guard let value = VariableValue.bool(text) else {
                log.error(SpecialVariables.notBoolean(text, "\\timing").message)
                announce("Timing is \(session.isTiming ? "on" : "off").")
                return .failed
            }
            session.isTiming = value
        } else {
            session.isTiming.toggle()
        }
        announce("Timing is \(session.isTiming ? "on" : "off").")
        return .done
    }
}
