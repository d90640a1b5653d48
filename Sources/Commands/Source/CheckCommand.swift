internal import Backfill
internal import Catalog
internal import Configuration
internal import Job
internal import Libpq
internal import Postgres
internal import Preflight
internal import Publisher

private struct CheckArguments: CommandArguments {
    var tables: [String] = []
    var fix = false
    var yes = false

    static var declared: [Argument<Self>] {
        [.operands(\.tables, .tables), .flag("--fix", \.fix), .flag("--yes", \.yes)]
    }
}

extension Command {
    static let check = Command(
        "check", "[TABLE …] [--fix [--yes]]",
        help: "check that source and shadow are ready for a job; --fix shows the SQL that mends, --yes runs it",
        arguments: CheckArguments.self
    ) { context, arguments throws(PostgresError) in
        guard arguments.fix || !arguments.yes else {
            throw PostgresError(
                "\"--yes\" of \"check\" goes with \"--fix\"", hint: "Usage: \\check [TABLE …] --fix --yes",
                sqlState: .syntaxError)
        }
        var tables: [TablePattern] = []
        for operand in arguments.tables { tables.append(try TablePattern(operand)) }
        let report = try examine(context, tables)
        guard arguments.fix else {
            var output = Output([.text(report.text)], document: report, succeeded: report.passed)
            output.couldConnect = report.couldConnect
            return output
        }
        let script = FixScript(report)
        guard arguments.yes, !script.steps.isEmpty else {
            let document = FixDocument(report: report, script: script, results: [])
            var output = Output([.text(script.text)], document: document, succeeded: report.passed)
            output.couldConnect = report.couldConnect
            return output
        }
        let results = try run(script, context)
        let after = try examine(context, tables)
        let isDone = results.allSatisfy { $0.error == nil }
        var output = Output(
            [.text(FixResult.text(results, of: script)), .text(after.text)],
            document: FixDocument(report: after, script: script, results: results),
            succeeded: isDone && after.passed)
        output.couldConnect = after.couldConnect
        return output
    }

    private static func examine(
        _ context: CommandContext, _ tables: [TablePattern]
    ) throws(PostgresError) -> Preflight.Report {
        let configuration = context.configuration
        let mode = configuration.backfill.mode
        let shadow = try reach(context.shadow)
        let slot = configuration.source.replicationSlot
        var examined = Preflight.Context(
            source: endpoint(try reach(context.source)), shadow: endpoint(shadow), mode: mode, slot: slot,
            publication: configuration.source.publicationName, tables: tables,
            selection: configuration.backfill.tables,
            createsSchema: configuration.backfill.copySchema && mode.copies)
        // A shadow that cannot answer has its own finding.
        if case .success(let connection) = shadow {
            let job = JobControl(connection, slot: slot)
            examined.engineIsRunning = (try? job.isRunning) ?? false
            examined.jobFollowsSlot = (try? job.followsSlot()) ?? false
        }
        return try Preflight.run(examined)
    }

    /// The subject of the checks: a failure to connect is a finding, but an interrupt ends the command. A session in a
    /// transaction is left alone: a check that is refused something would end it.
    private static func reach(_ server: Server?) throws(PostgresError) -> Result<Connection, PostgresError>? {
        guard let server else { return nil }
        do throws(PostgresError) {
            let connection = try server.connection()
            guard connection.transactionStatus != .idle else { return .success(connection) }
            let own = try Connection(
                server.reachableParameters, interrupt: connection.interrupt, onInterrupt: connection.onInterrupt)
            return .success(own)
        } catch {
            guard error.origin != .interrupted else { throw error }
            return .failure(error)
        }
    }

    private static func endpoint(_ reached: Result<Connection, PostgresError>?) -> Preflight.Context.Endpoint {
        switch reached {
        case .success(let connection): .connected(connection)
        case .failure(let error): .failed(error)
        case nil: .notConfigured
        }
    }

    /// Runs the script's statements on the source, each by itself, up to the first that fails.
    private static func run(_ script: FixScript, _ context: CommandContext) throws(PostgresError) -> [FixResult] {
        let source = try context.openSource()
        guard source.transactionStatus == .idle else {
            throw PostgresError(
                "a transaction is open", hint: "COMMIT or ROLLBACK it first: each statement is to stand by itself.",
                sqlState: SQLState("25001"))
        }
        var results: [FixResult] = []
        for step in script.steps {
            do throws(PostgresError) {
                try source.apply(step.fix)
                results.append(FixResult(step: step, error: nil))
            } catch {
                guard error.origin != .interrupted else { throw error }
                results.append(FixResult(step: step, error: error))
                break
            }
        }
        return results
    }
}
