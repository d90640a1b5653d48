internal import Backfill
internal import Catalog
internal import Libpq
internal import Postgres

extension Command {
    static let backfillResync = Command(
        "backfill resync", "TABLE ...", help: "copy these tables again while the rest follows",
        grammar: Grammar(operands: 1...Int.max, completion: .tables)
    ) { context, arguments throws(PostgresError) in
        let control = try context.jobControl()
        var names: [QualifiedName] = []
        for operand in arguments.operands {
            let found = try known(operand, control, context)
            for name in found where !names.contains(name) { names.append(name) }
        }
        try control.resync(names)
        let lines = names.map { "\($0) is copied again" }
        let when = try control.isRunning ? [] : ["the engine is not running; \\backfill start begins with them"]
        return Output([.text((lines + when).joined(separator: "\n"))], document: ["tables": try control.tables()])
    }

    /// The job's tables that an operand names. A name that the job does not know is left to the job to refuse.
    private static func known(
        _ operand: String, _ control: JobControl, _ context: CommandContext
    ) throws(PostgresError) -> [QualifiedName] {
        let followed = try control.tables().filter { $0.state != "unpublished" }.map(\.name)
        let found = try context.source.connection().tables(named: [try TablePattern(operand)]).map(\.name)
        let ours = found.filter(followed.contains)
        return ours.isEmpty ? found : ours
    }
}
