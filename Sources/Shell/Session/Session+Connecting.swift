internal import Commands
import Glibc
internal import Libpq
internal import Postgres
internal import Processes

/// Making, losing and restoring connections.
extension ShellSession {
    /// Connects the source (startup.c); false where it cannot be, which is reported.
    func connectAtStart() -> Bool {
        guard let server = server(target) else { return false }
        var parameters = server.parameters
        if options.listsDatabases, parameters["dbname"] == nil { parameters["dbname"] = "postgres" }
        if options.passwordPrompt == .always {
            parameters["password"] = PasswordPrompt.ask("Password: ", echo: false, interrupt: interrupt)
        }
        do throws(PostgresError) {
            server.replace(with: try connect(parameters))
        } catch {
            if error.origin != .interrupted {
                log.error(error.message)
                let hints = [options.connectionHint, error.hint].compactMap { $0 }
                if !hints.isEmpty { log.advice(hints.joined(separator: " ")) }
            }
            return false
        }
        synchronizeVariables()
        return true
    }

    /// Connects, asking for a password where the server wants one and none is given.
    func connect(_ parameters: ConnectionString) throws(PostgresError) -> Connection {
        var parameters = parameters
        parameters["fallback_application_name"] = log.programName
        if options.programName == "psql", parameters["client_encoding"] == nil {
            // An empty value leaves it to libpq, as psql does in scripts.
            parameters["client_encoding"] = isTerminal && Environment["PGCLIENTENCODING"] == nil ? "auto" : ""
        }
        var asked = false
        while true {
            do throws(PostgresError) {
                let connection = try Connection(parameters, interrupt: interrupt, onInterrupt: .cancelQuery)
                show(notices: connection.takeNotices(), statement: nil)
                return connection
            } catch {
                guard !asked, options.passwordPrompt != .never, needsPassword(error) else { throw error }
                asked = true
                let question = parameters["user"].map { "Password for user \($0): " } ?? "Password: "
                guard let password = PasswordPrompt.ask(question, echo: false, interrupt: interrupt) else {
                    interrupt.clear()
                    throw Interrupt.error
                }
                parameters["password"] = password
            }
        }
    }

    /// libpq's own message where the server asked for a password and there was none (fe-connect.c).
    private func needsPassword(_ error: PostgresError) -> Bool {
        error.sqlState == .invalidPassword && error.message.hasSuffix("fe_sendauth: no password supplied")
    }

    /// Makes the other target's connection the current one, at its first use.
    func use(_ wanted: Target) throws(PostgresError) {
        let server = wanted == .shadow ? try context.requireShadow() : context.source
        if server.current?.isAlive != true { server.replace(with: try connect(server.parameters)) }
        target = wanted
        hasLostTarget = false
        synchronizeVariables()
    }

    /// After a `\use` that failed: a person keeps the old target, and a script has no target, as with `\connect`, so
    /// that SQL for the shadow is never run on the source.
    func loseTarget() {
        guard !isInteractive else { return }
        hasLostTarget = true
        lostParameters = nil
        clearConnectionVariables()
    }

    /// Makes the variables agree with the connection (command.c, SyncVariables).
    func synchronizeVariables() {
        guard let connection else { return }
        noteEncoding(connection)
        isCatalogStale = true
        setVariable("DBNAME", connection.database)
        setVariable("USER", connection.user)
        setVariable("HOST", connection.host)
        setVariable("PORT", connection.port)
        setVariable("ENCODING", connection.clientEncoding)
        setVariable("SERVER_VERSION_NAME", connection.parameterStatus("server_version"))
        setVariable("SERVER_VERSION_NUM", String(connection.serverVersion.number))
    }

    func noteEncoding(_ connection: Connection) {
        clientEncoding = ClientEncoding(name: connection.clientEncoding)
        printOptions.encoding = TextEncoding(clientEncoding: connection.clientEncoding)
    }

    /// Clears the variables that are not set without a connection.
    func clearConnectionVariables() {
        for name in ["DBNAME", "USER", "HOST", "PORT", "ENCODING", "SERVER_VERSION_NAME", "SERVER_VERSION_NUM"] {
            setVariable(name, nil)
        }
    }

    /// Sees whether the connection still stands. A person gets one attempt to restore it; a script ends with status 2.
    ///
    /// Returns true where there is a connection.
    @discardableResult
    func checkConnection() -> Bool {
        guard let server = server(target), let lost = connection else { return false }
        if lost.isAlive { return true }
        guard isInteractive else {
            log.error("connection to server was lost")
            exitStatus = 2
            return false
        }
        log.raw("The connection to the server was lost. Attempting reset: ")
        let parameters = lost.effectiveParameters
        do throws(PostgresError) {
            server.replace(with: try Connection(parameters, interrupt: interrupt, onInterrupt: .cancelQuery))
            log.raw("Succeeded.\n")
            synchronizeVariables()
            connectionWarnings(atStart: false)
            return true
        } catch {
            log.raw("Failed.\n")
            lostParameters = parameters
            server.close()
            clearConnectionVariables()
            return false
        }
    }

    /// The banner, and what a different version of the server may mean (command.c, connection_warnings).
    func connectionWarnings(atStart: Bool) {
        guard !settings.quiet, isTerminal, let connection else { return }
        let server = connection.parameterStatus("server_version") ?? connection.serverVersion.description
        standardOutput.write(
            atStart || connection.serverVersion.number != Int(Self.psqlVersionNumber)
                ? "\(log.programName) (server \(server))\n" : "")
        printSecurity(connection)
    }

    /// How the connection is protected.
    func printSecurity(_ connection: Connection) {
        if connection.usesTLS {
            let compression = connection.tlsAttribute("compression")
            standardOutput.write(
                "SSL connection (protocol: \(connection.tlsAttribute("protocol") ?? "unknown"), "
                    + "cipher: \(connection.tlsAttribute("cipher") ?? "unknown"), "
                    + "compression: \(compression == nil || compression == "off" ? "off" : "on"))\n")
        }
        if connection.usesGSS { standardOutput.write("GSSAPI-encrypted connection\n") }
    }

    /// `~` and `~user` at a path's start.
    func expandTilde(_ path: String) -> String {
        guard path.hasPrefix("~") else { return path }
        let user = path.dropFirst().prefix { $0 != "/" }
        let rest = path.dropFirst(1 + user.count)
        if user.isEmpty { return Environment["HOME"].map { $0 + rest } ?? path }
        guard let entry = unsafe getpwnam(String(user)), let home = unsafe entry.pointee.pw_dir else { return path }
        return unsafe String(cString: home) + rest
    }

    /// Sends query output to a file, or to a command after `|`; nil or empty goes back to standard output.
    func setQueryOutput(_ target: String?) -> Bool {
        var stream = standardOutput
        if let target, !target.isEmpty {
            switch OutputStream.open(target) {
            case .success(let opened): stream = opened
            case .failure(let failure):
                log.error("\(target): \(failure.description)")
                return false
            }
        }
        let previous = log.queryOutput
        log.queryOutput = stream
        if previous !== standardOutput { previous.close() }
        return true
    }
}
