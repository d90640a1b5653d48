internal import Backfill
internal import Catalog
internal import Postgres
internal import Publisher

private struct ResyncArguments: CommandArguments {
    var tables: [String] = []
    var all = false

    static var declared: [Argument<Self>] {
        [.operands(\.tables, .tables), .flag("--all", \.all)]
    }
}

extension Command {
    static let backfillResync = Command(
        "backfill resync", "TABLE ... | --all",
        help: "copy tables again while the rest follows; --all: also after the slot was lost",
        arguments: ResyncArguments.self
    ) { context, arguments throws(PostgresError) in
        guard arguments.all == arguments.tables.isEmpty else {
            throw PostgresError(
                "\\backfill resync takes either tables or --all", hint: "Usage: \\backfill resync TABLE ... | --all",
                sqlState: .syntaxError)
        }
        let control = try context.jobControl()
        var lines: [String]
        if arguments.all {
            lines = try control.resyncAll(try context.source.connection())
        } else {
            var names: [QualifiedName] = []
            for operand in arguments.tables {
                let found = try known(operand, control, context)
                for name in found where !names.contains(name) { names.append(name) }
            }
            try control.resync(names)
            lines = names.map { "\($0) is copied again" }
        }
        if try !control.isRunning { lines.append("the engine is not running; \\backfill start begins with them") }
        return Output([.text(lines.joined(separator: "\n"))], document: ["tables": try control.tables()])
    }

    /// The job's tables that an operand names. A name that the job does not know is left to the job to refuse.
    private static func known(
        _ operand: String, _ control: JobControl, _ context: CommandContext
    ) throws(PostgresError) -> [QualifiedName] {
        let followed = try control.tables().filter { $0.state != "unpublished" }.map(\.name)
        let found = try context.openSource().tables(named: [try TablePattern(operand)]).map(\.name)
        let ours = found.filter(followed.contains)
        return ours.isEmpty ? found : ours
    }
}
