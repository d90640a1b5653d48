internal import Postgres

/// The statements that make and change a publication. They are data definition, whose names cannot be parameters; every
/// name is quoted here. A row filter is SQL that the user typed: it stands in parentheses, balanced when it was read.
struct PublicationStatements {
    /// The publication's name, quoted.
    private let publication: String

    init(_ name: String) { publication = quoteIdentifier(name) }

    /// A table of the list, with what of it.
    struct Member {
        var name: QualifiedName
        var columns: [String]?
        var rowFilter: String?

        var sql: String {
            var text = name.quoted
            if let columns { text += " (\(columns.map(quoteIdentifier).joined(separator: ", ")))" }
            if let rowFilter { text += " WHERE (\(rowFilter))" }
            return text
        }
    }

    func createForAllTables() -> String { "CREATE PUBLICATION \(publication) FOR ALL TABLES" }

    func create(_ members: [Member]) -> String { "CREATE PUBLICATION \(publication) FOR TABLE \(Self.list(members))" }

    /// 15 and later.
    func create(schemas: [String]) -> String {
        "CREATE PUBLICATION \(publication) FOR TABLES IN SCHEMA \(Self.list(schemas))"
    }

    func add(_ members: [Member]) -> String { "ALTER PUBLICATION \(publication) ADD TABLE \(Self.list(members))" }

    /// 15 and later.
    func add(schemas: [String]) -> String {
        "ALTER PUBLICATION \(publication) ADD TABLES IN SCHEMA \(Self.list(schemas))"
    }

    func drop(tables: [QualifiedName]) -> String {
        "ALTER PUBLICATION \(publication) DROP TABLE \(tables.map(\.quoted).joined(separator: ", "))"
    }

    /// 15 and later.
    func drop(schemas: [String]) -> String {
        "ALTER PUBLICATION \(publication) DROP TABLES IN SCHEMA \(Self.list(schemas))"
    }

    /// - Parameter value: as SQL.
    func set(_ parameter: String, to value: String) -> String {
        "ALTER PUBLICATION \(publication) SET (\(parameter) = \(value))"
    }

    func dropPublication() -> String { "DROP PUBLICATION \(publication)" }

    private static func list(_ members: [Member]) -> String { members.map(\.sql).joined(separator: ", ") }
    private static func list(_ schemas: [String]) -> String {
        schemas.map(quoteIdentifier).joined(separator: ", ")
    }
}
