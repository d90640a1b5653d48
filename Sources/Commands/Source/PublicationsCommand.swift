internal import Catalog
internal import Postgres
internal import Publisher

private struct PublicationsArguments: CommandArguments {
    var pattern: String?
    var plus = false

    static var declared: [Argument<Self>] {
        [.operand(\.pattern, .publications), .plus(\.plus)]
    }
}

extension Command {
    static let publications = Command(
        "publications", "[PATTERN]", help: "list publications and what they publish",
        arguments: PublicationsArguments.self
    ) { context, arguments throws(PostgresError) in
        let source = try context.openSource()
        let publications = try source.publications(matching: namePattern(arguments.pattern))
        let names = publications.map(\.name)
        let tables = try source.publishedTables(of: names)
        let schemas = try source.publicationSchemas(of: names)
        let documents = publications.map { publication in
            PublicationDocument(
                publication, tables: tables[publication.name] ?? [], schemas: schemas[publication.name] ?? [])
        }
        return Output(
            [.table(publicationTable(documents, plus: arguments.plus))],
            document: PublicationsDocument(publications: documents))
    }

    private static func publicationTable(_ publications: [PublicationDocument], plus: Bool) -> OutputTable {
        let columns = [
            OutputTable.Column("name"), .init("owner"), .init("all tables"), .init("insert"), .init("update"),
            .init("delete"), .init("truncate"), .init("via root"), .init("tables", rightAligned: !plus),
        ]
        let rows: [[String?]] = publications.map { publication in
            [
                publication.name, publication.owner, booleanText(publication.allTables),
                booleanText(publication.insert), booleanText(publication.update), booleanText(publication.delete),
                booleanText(publication.truncate), booleanText(publication.viaRoot),
                plus
                    ? (publication.schemas.map { "schema \(QualifiedName.display($0))" }
                        + publication.tables.map(\.text)).joined(separator: "\n")
                    : "\(publication.tables.count)",
            ]
        }
        return OutputTable(title: "List of publications", columns: columns, rows: rows)
    }
}

private struct PublicationsDocument: Encodable, Sendable {
    let publications: [PublicationDocument]
}

private struct PublicationDocument: Encodable, Sendable {
    struct Member: Encodable, Sendable {
        let schema: String
        let name: String
        /// Null: all.
        let columns: OrNull<[String]>
        let rowFilter: OrNull<String>

        /// As `\publish` takes it.
        var text: String {
            var text = "\(QualifiedName(schema: schema, name: name))"
            if let columns = columns.value {
                text += " (\(columns.map(QualifiedName.display).joined(separator: ", ")))"
            }
            if let rowFilter = rowFilter.value { text += " where \(rowFilter)" }
            return text
        }

        private enum CodingKeys: String, CodingKey {
            case schema, name, columns
            case rowFilter = "row_filter"
        }
    }

    let name: String
    let owner: String
    let allTables: Bool
    let insert: Bool
    let update: Bool
    let delete: Bool
    let truncate: Bool
    let viaRoot: Bool
    let schemas: [String]
    let tables: [Member]

    init(_ publication: Publication, tables: [PublishedTable], schemas: [String]) {
        name = publication.name
        owner = publication.owner
        allTables = publication.allTables
        insert = publication.inserts
        update = publication.updates
        delete = publication.deletes
        truncate = publication.truncates
        viaRoot = publication.viaRoot
        self.schemas = schemas
        self.tables = tables.map {
            Member(
                schema: $0.name.schema, name: $0.name.name, columns: OrNull($0.columns),
                rowFilter: OrNull($0.rowFilter))
        }
    }

    private enum CodingKeys: String, CodingKey {
        case name, owner, insert, update, delete, truncate, schemas, tables
        case allTables = "all_tables"
        case viaRoot = "via_root"
    }
}
