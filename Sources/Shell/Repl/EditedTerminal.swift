internal import Libpq
internal import Postgres

/// The line editor with the history of earlier sessions: HISTFILE, or a file in the home folder.
final class EditedTerminal: TerminalReader {
    private unowned let session: ShellSession
    private let editor: LineEditor
    private let file: HistoryFile?
    private let snapshots = CatalogSnapshots()
    var messages: TerminalMessages? { editor.messages }
    private(set) var history: [String] = []

    /// Nil where the line editor cannot be had; the plain terminal does then.
    init?(session: ShellSession) {
        self.session = session
        LineEditor.prepareLocale()
        do throws(PostgresError) {
            editor = try LineEditor(
                program: "scry-backfill", interrupt: session.interrupt, historySize: session.settings.historySize)
        } catch {
            return nil
        }
        file = Self.historyPath(session).map { HistoryFile(path: $0) }
        do throws(PostgresError) {
            history = try file?.load(limit: session.settings.historySize) ?? []
        } catch {
            session.log.warning(error.message)
        }
        for statement in history { editor.addHistory(statement) }
    }

    private static func historyPath(_ session: ShellSession) -> String? {
        if let path = session.variables["HISTFILE"] ?? Environment["PSQL_HISTORY"], !path.isEmpty {
            return session.expandTilde(path)
        }
        guard let home = Environment["HOME"], !home.isEmpty else { return nil }
        return "\(home)/.scry-backfill_history"
    }

    func readLine(prompt: String, statement: [UInt8]) -> LineReader.Line {
        session.log.flush()
        refreshSnapshot()
        editor.complete = { [unowned self] text in
            session.complete(text, after: statement, in: snapshots.current)
        }
        defer { editor.complete = nil }
        switch editor.readLine(prompt: prompt) {
        case .line(let line): return .line(line, isWhole: true)
        case .eof: return .end
        case .interrupted:
            editor.discardPasted()
            return .interrupted
        }
    }

    func remember(_ entry: String) {
        let control = session.settings.historyControl
        let rule = HistoryRule(
            ignoresLeadingSpace: control == .ignorespace || control == .ignoreboth,
            ignoresDuplicates: control == .ignoredups || control == .ignoreboth)
        guard rule.keeps(entry, after: history.last) else { return }
        history.append(entry)
        editor.addHistory(entry)
        guard session.settings.historySize > 0, let file else { return }
        do throws(PostgresError) {
            try file.append(entry)
        } catch {
            // Reported once: the next statement would only report it again.
            if !hasComplained { session.log.warning(error.message) }
            hasComplained = true
        }
    }

    private var hasComplained = false

    /// Reads the catalog anew where it may have changed, outside of transactions, whose changes others do not see yet.
    private func refreshSnapshot() {
        guard session.isCatalogStale, let connection = session.connection, connection.isAlive,
            connection.transactionStatus == .idle
        else { return }
        session.isCatalogStale = false
        snapshots.refresh(connection.effectiveParameters)
    }
}
