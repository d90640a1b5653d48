import Glibc
internal import Libpq
internal import Postgres

/// Statements that the user entered, on their way to the server (common.c, SendQuery).
extension ShellSession {
    /// Sends a statement, or several in one text, and shows what comes back. False where it failed.
    func sendQuery(_ query: [UInt8]) -> Bool {
        defer { resetOnce() }
        guard let connection else {
            log.error("You are currently not connected to a database.")
            return false
        }
        guard confirmStep(query) else { return false }
        if settings.echo == .queries, !settings.singleStep {
            standardOutput.write(query + [0x0A])
            standardOutput.flush()
        }
        log(toTranscript: query)

        var savepoint = false
        if connection.transactionStatus == .idle, !settings.autocommit, !StatementKind(query).needsNoTransaction {
            guard runQuietly("BEGIN") else { return false }
        }
        if connection.transactionStatus == .inTransaction, rollsBackErrors {
            guard runQuietly("SAVEPOINT pg_psql_temporary_savepoint") else { return false }
            savepoint = true
        }

        var run = Run()
        let fetchesPortions =
            settings.fetchCount > 0 && !once.executes && !once.describes && StatementKind(query).isSelect
        if once.describes {
            run.succeeded = describeResult(of: query, &run)
        } else if fetchesPortions {
            run.succeeded = runWithCursor(query, &run)
        } else {
            run.succeeded = processResults(of: query, &run) == .succeeded
        }
        if !run.succeeded, settings.echo == .errors {
            log.info("STATEMENT:  \(String(decoding: query, as: UTF8.self))")
        }
        if savepoint { settleSavepoint(&run) }
        if isTiming { standardOutput.write(Timing.describe(milliseconds: run.milliseconds)) }
        if let connection = self.connection, connection.clientEncoding != clientEncoding.name {
            noteEncoding(connection)
            setVariable("ENCODING", connection.clientEncoding)
        }
        printNotifications()
        return run.succeeded
    }

    /// The facts about a statement while and after it runs.
    struct Run {
        var succeeded = false
        var milliseconds = 0.0
        /// The user's statement has ended the savepoint that ON_ERROR_ROLLBACK set.
        var savepointIsGone = false
    }

    private var rollsBackErrors: Bool {
        settings.onErrorRollback == .on || settings.onErrorRollback == .interactive && isInteractive
    }

    private func resetOnce() {
        if let saved = once.savedPrintOptions { printOptions = saved }
        once = Once()
    }

    /// SINGLESTEP: shows the statement and asks; false where it is not to run.
    private func confirmStep(_ query: [UInt8]) -> Bool {
        guard settings.singleStep else { return true }
        standardOutput.write(
            "***(Single step mode: verify command)*******************************************\n")
        standardOutput.write(query)
        standardOutput.write(
            "\n***(press return to proceed or enter x and return to cancel)********************\n")
        standardOutput.flush()
        guard case .line(let line, _) = standardInput.readLine(interrupt: interrupt) else {
            return !Signals.isCancelled
        }
        return line.first != UInt8(ascii: "x")
    }

    func log(toTranscript query: [UInt8]) {
        guard let transcript else { return }
        transcript.write("********* QUERY **********\n")
        transcript.write(query)
        transcript.write("\n**************************\n\n")
        transcript.flush()
    }

    /// A statement of the shell's own that prints nothing but its error.
    func runQuietly(_ statement: String) -> Bool {
        guard let connection else { return false }
        do throws(PostgresError) {
            try connection.query(statement)
            return true
        } catch {
            log.info(errorText.render(error, statement: Array(statement.utf8)))
            lastError = (error, Array(statement.utf8))
            return false
        }
    }

    /// Releases the savepoint of ON_ERROR_ROLLBACK, or goes back to it.
    private func settleSavepoint(_ run: inout Run) {
        guard let connection else { return }
        switch connection.transactionStatus {
        case .inFailedTransaction:
            if !runQuietly("ROLLBACK TO pg_psql_temporary_savepoint") { run.succeeded = false }
        case .inTransaction where !run.savepointIsGone:
            if !runQuietly("RELEASE pg_psql_temporary_savepoint") { run.succeeded = false }
        case .active, .unknown: run.succeeded = false
        default: break
        }
    }

    /// Statements of meta-commands: subject to ECHO_HIDDEN, not to ECHO (PSQLexec).
    ///
    /// Nil where it failed, which is reported, or is not to run (ECHO_HIDDEN noexec).
    func executeHidden(_ statement: String) -> QueryResult? {
        guard let connection else {
            log.error("You are currently not connected to a database.")
            return nil
        }
        guard showHidden(statement) else { return nil }
        do throws(PostgresError) {
            let result = try connection.query(statement)
            show(notices: connection.takeNotices(), statement: Array(statement.utf8))
            return result
        } catch {
            show(notices: connection.takeNotices(), statement: Array(statement.utf8))
            log.info(errorText.render(error, statement: Array(statement.utf8)))
            lastError = (error, Array(statement.utf8))
            checkConnection()
            return nil
        }
    }

    /// ECHO_HIDDEN: shows a statement of a meta-command; false where it is only to be shown.
    func showHidden(_ statement: String) -> Bool {
        guard settings.echoHidden != .off else { return true }
        let text = "********* QUERY **********\n\(statement)\n**************************\n\n"
        standardOutput.write(text)
        standardOutput.flush()
        transcript?.write(text)
        transcript?.flush()
        return settings.echoHidden != .noexec
    }

    func execute(_ statement: String) -> Bool { executeHidden(statement) != nil }

    func show(notices: [PostgresError], statement: [UInt8]?) {
        for notice in notices { log.info(errorText.render(notice, statement: statement, isError: false)) }
    }

    /// The messages that other sessions sent by NOTIFY.
    func printNotifications() {
        guard let connection, connection.isAlive else { return }
        for notification in connection.takeNotifications() {
            let payload = notification.payload.isEmpty ? "" : " with payload \"\(notification.payload)\""
            log.queryOutput.write(
                "Asynchronous notification \"\(notification.channel)\"\(payload) received from server process "
                    + "with PID \(notification.processID).\n")
            log.queryOutput.flush()
        }
        show(notices: connection.takeNotices(), statement: nil)
    }

    /// The variables that describe the last statement.
    func setResultVariables(success rows: String) {
        setVariable("ERROR", "false")
        setVariable("SQLSTATE", "00000")
        setVariable("ROW_COUNT", rows)
    }

    func setResultVariables(failure error: PostgresError) {
        // libpq's own errors have no code.
        let code = error.origin == .server ? error.sqlState.code : ""
        setVariable("ERROR", "true")
        setVariable("SQLSTATE", code)
        setVariable("ROW_COUNT", "0")
        setVariable("LAST_ERROR_SQLSTATE", code)
        setVariable("LAST_ERROR_MESSAGE", error.origin == .server ? error.message : "")
    }
}
