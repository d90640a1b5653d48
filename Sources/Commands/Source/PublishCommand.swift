internal import Catalog
internal import Configuration
internal import Postgres
internal import Publisher

private struct PublishArguments: CommandArguments {
    var tables = ""

    static var declared: [Argument<Self>] {
        [.line(\.tables, .tables, isRequired: true)]
    }
}

extension Command {
    static let publish = Command(
        "publish", "TABLE [(COLUMN, …)] [where (CONDITION)] … | all | schema NAME …",
        help: "publish tables: create the job's publication or add to it",
        arguments: PublishArguments.self
    ) { context, arguments throws(PostgresError) in
        let request = try PublicationRequest(arguments.tables)
        let source = try context.openSource()
        let change = try source.publish(request, in: context.configuration.source.publicationName)
        context.wakeEngine()
        var blocks = publicationBlocks(change, already: "is published already")
        if !change.closedSchemas.isEmpty {
            let schemas = change.closedSchemas.map(QualifiedName.display).joined(separator: " ")
            blocks.append(
                .warning(
                    "tables that are made in \(schemas) later stay out of the publication",
                    hint: (source.serverVersion.major < 15
                        ? "A schema itself can be published from PostgreSQL 15 on. "
                        : "Only a superuser may publish a schema itself. ")
                        + "Add tables that have come with \\publish schema \(schemas)"))
        }
        return Output(blocks, document: change)
    }

    /// The changes to a publication: the tag as psql would print it, then a line for each table.
    static func publicationBlocks(_ change: PublicationChange, already: String) -> [Output.Block] {
        var blocks: [Output.Block] = []
        let name = QualifiedName.display(change.publication)
        if change.wasCreated { blocks.append(.text("publication \(name) created")) }
        if change.wasDropped { blocks.append(.text("publication \(name) dropped")) }
        let lines =
            change.added.map { "\($0) published" } + change.changed.map { "\($0) published anew" }
            + change.removed.map { "\($0) taken out" } + change.already.map { "\($0) \(already)" }
            + change.skipped.map { "\($0) skipped" }
        if !lines.isEmpty { blocks.append(.text(lines.joined(separator: "\n"))) }
        return blocks
    }
}
