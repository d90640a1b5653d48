internal import Commands
internal import Libpq
internal import Postgres

/// The arguments of `\connect`; nil stands for the present value.
struct ConnectRequest {
    var database: String?
    var user: String?
    var host: String?
    var port: String?
    /// Whether values that are not given are taken from the present connection; nil: unless a connection string is
    /// given.
    var reusesPrevious: Bool?
}

/// `\connect` (command.c, do_connect).
extension ShellSession {
    /// Connects the current target anew. Where that fails a person keeps the old connection, and a script loses it, so
    /// that no later SQL is run in the wrong database.
    func connect(_ request: ConnectRequest) -> Bool {
        guard let server = server(target) else { return false }
        let isString = request.database.map(ConnectionString.isConnectionString) ?? false
        if isString, request.user != nil || request.host != nil || request.port != nil {
            log.error("Do not give user, host, or port separately when using a connection string")
            return false
        }
        let old = connection
        let parameters: ConnectionString
        do throws(PostgresError) {
            guard let found = try self.parameters(for: request, isString: isString, old: old) else { return false }
            parameters = found
        } catch {
            log.error(error.message)
            return false
        }
        do throws(PostgresError) {
            let asked = options.passwordPrompt == .always ? askPassword(for: request.user) : parameters["password"]
            var complete = parameters
            complete["password"] = asked
            server.replace(with: try connect(complete))
        } catch {
            if isInteractive {
                if error.origin != .interrupted { log.info(error.message) }
                if old != nil { log.info("Previous connection kept") }
            } else {
                log.error("\\connect: \(error.message)")
                server.close()
                lostParameters = nil
                clearConnectionVariables()
            }
            return false
        }
        lostParameters = nil
        hasLostTarget = false
        synchronizeVariables()
        connectionWarnings(atStart: false)
        if !settings.quiet, let connection {
            let isElsewhere = old.map { $0.host != connection.host || $0.port != connection.port } ?? true
            standardOutput.write("You are now connected to \(describeConnection(address: isElsewhere))\n")
        }
        return true
    }

    private func askPassword(for user: String?) -> String? {
        let question = user.map { "Password for user \($0): " } ?? "Password: "
        return PasswordPrompt.ask(question, echo: false, interrupt: interrupt)
    }

    /// Nil where there is nothing to take values from, which is reported.
    private func parameters(
        for request: ConnectRequest, isString: Bool, old: Connection?
    ) throws(PostgresError) -> ConnectionString? {
        let reuses = request.reusesPrevious ?? !isString
        var base = ConnectionString()
        if reuses {
            guard let present = old?.effectiveParameters ?? lostParameters else {
                log.error("No database connection exists to re-use parameters from")
                return nil
            }
            base = present
        }
        var given: [String: String] = [:]
        if isString, let string = request.database {
            given = try ConnectionString(parsing: string).parameters
        } else {
            given["dbname"] = request.database
            given["user"] = request.user
            given["host"] = request.host
            given["port"] = request.port
        }
        // A password is for one user on one server; an address goes with its host.
        let isOther = ["user", "host", "hostaddr", "port"].contains { key in
            given[key] != nil && given[key] != base[key]
        }
        if isOther, given["password"] == nil { base["password"] = nil }
        if let host = given["host"], host != base["host"], given["hostaddr"] == nil { base["hostaddr"] = nil }
        return base.merging(given)
    }

    /// `database "d" as user "u" …`, as psql puts it.
    func describeConnection(address: Bool) -> String {
        guard let connection else { return "no database." }
        var text = "database \"\(connection.database)\" as user \"\(connection.user)\""
        guard address else { return text + "." }
        let host = connection.host
        let hostAddress = connection.hostAddress
        if host.hasPrefix("/") || host.hasPrefix("@") {
            text += hostAddress.isEmpty ? " via socket in \"\(host)\"" : " on address \"\(hostAddress)\""
        } else if !hostAddress.isEmpty, hostAddress != host {
            text += " on host \"\(host)\" (address \"\(hostAddress)\")"
        } else {
            text += " on host \"\(host)\""
        }
        return text + " at port \"\(connection.port)\"."
    }
}
