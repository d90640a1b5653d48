internal import Catalog
internal import Libpq
internal import Postgres
internal import Scripts

/// The names that completion offers, as they were when it was read. Completion never waits for a server.
struct CatalogSnapshot: Sendable {
    struct Relation: Sendable {
        var schema: String
        var name: String
        /// pg_class.relkind.
        var kind: Character
        var isVisible = true
        var isSystem = false
        var columns: [String] = []
    }

    var relations: [Relation] = []
    /// By kind; relations apart.
    var names: [CompletionKind: [String]] = [:]

    init() {}

    /// Reads it on a connection that is not in a transaction.
    init(_ connection: Connection) throws(PostgresError) {
        for row in try connection.read(.describeCompletionRelations).rows {
            relations.append(
                Relation(
                    schema: try row.string("nspname"), name: try row.string("relname"),
                    kind: try row.string("relkind").first ?? "r", isVisible: try row.bool("is_visible"),
                    isSystem: try row.bool("is_system"),
                    columns: try row.optionalString("columns").map(Self.strings) ?? []))
        }
        for row in try connection.read(.describeCompletionNames).rows {
            guard let kind = Self.kinds[try row.string("kind")] else { continue }
            names[kind, default: []].append(try row.string("name"))
        }
    }

    private static let kinds: [String: CompletionKind] = [
        "schema": .schema, "database": .database, "role": .role, "tablespace": .tablespace,
        "extension": .installedExtension, "publication": .publication, "slot": .slot, "setting": .setting,
        "function": .function, "type": .type,
    ]

    /// The names in an array of the server's JSON.
    private static func strings(_ json: String) -> [String] {
        var names: [String] = []
        var name: String?
        var scalars = json.unicodeScalars.makeIterator()
        while let scalar = scalars.next() {
            switch (scalar, name) {
            case ("\"", nil): name = ""
            case ("\"", let finished?):
                names.append(finished)
                name = nil
            case ("\\", .some):
                // Names hold no control characters worth completing: an escape stands for its letter.
                if let escaped = scalars.next() { name?.unicodeScalars.append(escaped) }
            case (_, .some): name?.unicodeScalars.append(scalar)
            case (_, nil): break
            }
        }
        return names
    }
}
