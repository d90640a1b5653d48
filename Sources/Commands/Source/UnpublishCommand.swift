internal import Configuration
internal import Postgres
internal import Publisher

private struct UnpublishArguments: CommandArguments {
    var tables = ""
    var drop = false

    static var declared: [Argument<Self>] {
        [.line(\.tables, .tables, isRequired: false), .flag("--drop", \.drop)]
    }
}

extension Command {
    static let unpublish = Command(
        "unpublish", "TABLE … | schema NAME … | --drop",
        help: "take tables out of the job's publication, or drop it",
        arguments: UnpublishArguments.self
    ) { context, arguments throws(PostgresError) in
        let source = context.configuration.source
        if arguments.drop {
            guard arguments.tables.isEmpty else {
                throw PostgresError(
                    "--drop drops the whole publication and takes no tables",
                    hint: "Leave out either --drop or the tables.", sqlState: .syntaxError)
            }
            let change = try context.openSource().dropPublication(
                source.publicationName, usedBySlot: source.replicationSlot)
            return Output(publicationBlocks(change, already: "does not exist"), document: change)
        }
        guard !arguments.tables.isEmpty else {
            throw PostgresError(
                "too few arguments for \"unpublish\"", hint: "Usage: \\unpublish TABLE … | schema NAME … | --drop",
                sqlState: .syntaxError)
        }
        let request = try PublicationRequest(arguments.tables)
        let change = try context.openSource().unpublish(request, from: source.publicationName)
        context.wakeEngine()
        return Output(publicationBlocks(change, already: "is not published"), document: change)
    }
}
