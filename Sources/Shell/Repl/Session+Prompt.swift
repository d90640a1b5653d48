internal import Commands
import Glibc
internal import Libpq
internal import Postgres
internal import Processes

extension ShellSession {
    /// The prompt for the next line.
    func prompt(_ status: PromptStatus, _ conditionals: ConditionalStack?) -> String {
        let template =
            switch status {
            case .ready: settings.prompt1
            case .copy: settings.prompt3
            default: settings.prompt2
            }
        var facts = PromptFacts()
        facts.target = target
        facts.status = status
        facts.isActive = conditionals?.isActive ?? true
        facts.isSingleLine = settings.singleLine
        facts.line = statementLine
        facts.firstPromptWidth = firstPromptWidth
        facts.defaultDatabase = Environment["PGDATABASE"]
        facts.connection = connection.map(promptFacts)
        let text = Prompt(
            facts: facts, variable: { [variables] in variables[$0] },
            commandOutput: { [log] command in
                log.flush()
                guard case .success(let child) = ShellCommand.start(command, .reading) else { return "" }
                let line = child.readAll().prefix { $0 != 0x0A && $0 != 0x0D }
                return String(decoding: line, as: UTF8.self)
            }
        ).expand(template)
        if status == .ready { firstPromptWidth = Self.width(ofLastLine: Prompt.visible(text)) }
        return text
    }

    /// Has new warnings of the job shown above the prompt, as soon as they are known. Nothing waits for them.
    func lookForJobWarnings() {
        guard log.programName != "psql", let shadow = context.shadow, let messages = terminal?.messages else { return }
        jobWarnings.poll(shadow.reachableParameters) { messages.post($0) }
    }

    private func promptFacts(_ connection: Connection) -> PromptFacts.Connection {
        let transaction: PromptFacts.Transaction =
            switch connection.transactionStatus {
            case .idle: .idle
            case .active, .inTransaction: .open
            case .inFailedTransaction: .failed
            case .unknown: .unknown
            }
        return PromptFacts.Connection(
            database: connection.database, user: connection.user,
            sessionUser: connection.parameterStatus("session_authorization") ?? connection.user,
            host: connection.host, port: connection.port, processID: connection.serverProcessID,
            isSuperuser: connection.parameterStatus("is_superuser") == "on", transaction: transaction)
    }

    private static func width(ofLastLine text: String) -> Int {
        let bytes = Array((text.split(separator: "\n", omittingEmptySubsequences: false).last ?? "").utf8)
        return displaySize(bytes.span, .utf8).width
    }
}
