internal import Catalog
internal import Commands
internal import Libpq
internal import Postgres
internal import Scripts

/// Where SQL goes.
extension PsqlCommand {
    static let connecting: [PsqlCommand] = [
        PsqlCommand(
            "c", "connect", section: .connection,
            help: [
                Help(
                    "\\c[onnect] {[DBNAME|- USER|- HOST|- PORT|-] | conninfo}",
                    "connect to new database (currently %database%)")
            ], completes: [.database], run: { $0.connect() }),
        PsqlCommand(
            "conninfo", section: .connection,
            help: [Help("\\conninfo", "display information about current connection")], run: { $0.connectionInfo() }),
        PsqlCommand(
            "encoding", section: .connection, help: [Help("\\encoding [ENCODING]", "show or set client encoding")],
            run: { $0.encoding() }),
        PsqlCommand(
            "password", section: .connection,
            help: [Help("\\password [USERNAME]", "securely change the password for a user")], completes: [.role],
            run: { $0.changePassword() }),
        PsqlCommand(
            "use", section: .connection,
            help: [Help("\\use source|shadow", "send SQL, \\d and \\copy there (currently %target%)")],
            completes: [.words(["source", "shadow"])]
        ) { call in
            let result = call.use()
            if result == .failed { call.session.loseTarget() }
            return result
        },
    ]
}

extension CommandCall {
    fileprivate func use() -> CommandResult {
        guard let word = argument(strippingSemicolons: true) else { return missingArgument() }
        guard let target = Target(rawValue: word.lowercased()) else {
            log.error(SpecialVariables.notListed(word, "\\use", "source, shadow").message)
            return .failed
        }
        do throws(PostgresError) {
            try session.use(target)
        } catch {
            session.reportOwn(error)
            return .failed
        }
        announce("SQL goes to the \(target.rawValue) now, " + session.describeConnection(address: true))
        return .done
    }

    fileprivate func connectionInfo() -> CommandResult {
        guard let connection = session.connection else {
            say("You are currently not connected to a database.")
            return .done
        }
        say("You are connected to \(session.describeConnection(address: true))")
        session.printSecurity(connection)
        if session.context.shadow != nil { say("SQL goes to the \(session.target.rawValue).") }
        return .done
    }

    fileprivate func encoding() -> CommandResult {
        guard let name = argument() else {
            say(session.clientEncoding.name)
            return .done
        }
        guard let connection = session.connection else { return .done }
        do throws(PostgresError) {
            try connection.query(.shellClientEncoding, [name])
            session.noteEncoding(connection)
            session.setVariable("ENCODING", connection.clientEncoding)
        } catch {
            log.error("\(name): invalid encoding name or conversion procedure not found")
        }
        return .done
    }

    fileprivate func changePassword() -> CommandResult {
        guard let connection = session.connection else {
            log.error("You are currently not connected to a database.")
            return .failed
        }
        var user = argument(.identifier, strippingSemicolons: true)
        if user == nil {
            guard let result = session.executeHidden("SELECT CURRENT_USER"), let current = result[0, 0] else {
                return .failed
            }
            user = current
        }
        guard let user else { return .failed }
        log.flush()
        let interrupt = session.interrupt
        guard
            let first = PasswordPrompt.ask(
                "Enter new password for user \"\(user)\": ", echo: false, interrupt: interrupt),
            let second = PasswordPrompt.ask("Enter it again: ", echo: false, interrupt: interrupt)
        else { return .failed }
        guard first == second else {
            log.error("Passwords didn't match.")
            return .failed
        }
        do throws(PostgresError) {
            let encrypted = try connection.encrypted(password: first, user: user)
            let statement = "ALTER USER \(QualifiedName.display(user)) PASSWORD \(quoteLiteral(encrypted))"
            return result(session.executeHidden(statement) != nil)
        } catch {
            log.info(error.message)
            return .failed
        }
    }

    // MARK: \connect

    /// Its arguments keep their case unless they are quoted; `-` and an empty one stand for the present value.
    private func connectArgument() -> String? {
        guard let argument = scan.lexer.scanArgument(.identifierAsTyped, strippingSemicolons: true) else { return nil }
        if argument.quote != nil { return argument.text }
        return argument.text.isEmpty || argument.text == "-" ? nil : argument.text
    }

    fileprivate func connect() -> CommandResult {
        var reuse: Bool?
        var first = connectArgument()
        let prefix = "-reuse-previous="
        if let text = first, text.hasPrefix(prefix) {
            let value = String(text.dropFirst(prefix.count))
            guard let parsed = VariableValue.bool(value) else {
                log.error(SpecialVariables.notBoolean(value, "-reuse-previous").message)
                return .failed
            }
            reuse = parsed
            first = connectArgument()
        }
        let wanted = ConnectRequest(
            database: first, user: connectArgument(), host: connectArgument(), port: connectArgument(),
            reusesPrevious: reuse)
        return result(session.connect(wanted))
    }
}
