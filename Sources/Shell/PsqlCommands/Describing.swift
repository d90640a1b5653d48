internal import Libpq
internal import Postgres

/// `\d` and its kin, which `Describe` carries out.
extension CommandCall {
    /// Nil where no describe command has this name.
    func describe() -> CommandResult? {
        guard let (command, modifiers) = DescribeCommand.named(name) else { return nil }
        let pattern = argument(strippingSemicolons: true)
        guard let connection = session.connection else {
            log.error("You are currently not connected to a database.")
            return .failed
        }
        var request = DescribeRequest(connection: connection, modifiers: modifiers, pattern: pattern)
        request.hidesTableAccessMethod = session.settings.hideTableAccessMethod
        request.hidesCompression = session.settings.hideCompression
        request.isQuiet = session.settings.quiet
        request.onQuery = { [session] query in session.showHidden(query) }
        do throws(PostgresError) {
            let results = try command.run(request)
            for result in results { show(result) }
            session.show(notices: connection.takeNotices(), statement: nil)
            // As in psql, an empty list is no failure, but `\d NAME` of nothing is, also where QUIET keeps it unsaid.
            let describesOne = command.name == "d" && modifiers.allSatisfy("S+".contains) && pattern != nil
            let found = results.contains { if case .table = $0 { true } else { false } }
            let isRefused = results.contains { if case .refused = $0 { true } else { false } }
            return result(!isRefused && (found || !describesOne))
        } catch {
            session.show(notices: connection.takeNotices(), statement: nil)
            if error.origin == .client {
                log.error(error.message)
            } else {
                log.info(session.errorText.render(error, statement: nil))
            }
            session.lastError = (error, nil)
            session.checkConnection()
            return .failed
        }
    }

    private func show(_ result: DescribeResult) {
        switch result {
        case .table(let found):
            let options = found.options(session.printOptions)
            printTable(
                found.table, options: options, to: log.queryOutput, isCancelled: { Signals.isCancelled })
            if let transcript = session.transcript { printTable(found.table, options: options, to: transcript) }
        case .notFound(let reason), .refused(let reason): log.error(reason)
        }
    }
}
