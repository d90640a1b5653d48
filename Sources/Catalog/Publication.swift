internal import Libpq
public import Postgres
internal import Scripts

/// A publication, with the operations that it sends.
public struct Publication: Hashable, Sendable {
    public var oid: OID
    public var name: String
    public var owner: String
    /// This connection's role has the owner's rights.
    public var isOwner: Bool
    public var allTables: Bool
    public var inserts: Bool
    public var updates: Bool
    public var deletes: Bool
    /// Always false before 11.
    public var truncates: Bool
    /// Partitions are sent as their root (13 and later).
    public var viaRoot: Bool

    /// UPDATE or DELETE are published: the source refuses them on tables whose rows the WAL cannot identify.
    public var needsIdentity: Bool { updates || deletes }
}

/// A table of a publication.
public struct PublishedTable: Hashable, Sendable {
    public var oid: OID
    public var name: QualifiedName
    public var kind: Table.Kind
    /// Nil: all columns.
    public var columns: [String]?
    /// The WHERE clause's expression; nil: all rows.
    public var rowFilter: String?
    /// Columns that the row filter reads. Known only for a table that the publication names itself; where it also has a
    /// column list, without the columns of that list.
    public var filterColumns: [String] = []
}

extension CatalogReader {
    /// The publications of this database that a pattern names; with `nil` all. Ordered by name.
    public func publications(matching pattern: NamePattern? = nil) throws(PostgresError) -> [Publication] {
        var publications: [Publication] = []
        for row in try read(.catalogPublications, [pattern?.regularExpression]).rows {
            publications.append(
                Publication(
                    oid: try row.oid("oid"), name: try row.string("name"), owner: try row.string("owner"),
                    isOwner: try row.bool("is_owner"), allTables: try row.bool("all_tables"),
                    inserts: try row.bool("inserts"), updates: try row.bool("updates"),
                    deletes: try row.bool("deletes"), truncates: try row.bool("truncates"),
                    viaRoot: try row.bool("via_root")))
        }
        return publications
    }

    /// The publication of just this name.
    public func publication(_ name: String) throws(PostgresError) -> Publication? {
        try publications(matching: NamePattern(exactly: name)).first
    }

    /// The tables whose changes publications send, however they came in: partitions instead of their root, unless the
    /// publication sends them as the root (`pg_publication_tables`). By the publication.
    public func publishedTables(of publications: [String]) throws(PostgresError) -> [String: [PublishedTable]] {
        try publishedTables(.catalogPublicationTables, publications) { _ in [] }
    }

    /// The tables that publications name themselves, and which ALTER PUBLICATION … DROP TABLE takes out again.
    public func publicationMembers(of publications: [String]) throws(PostgresError) -> [String: [PublishedTable]] {
        let script: ReadScript =
            serverVersion.major >= 15 ? .catalogPublicationMembers : .catalogPublicationMembers10
        return try publishedTables(script, publications) { row throws(PostgresError) in
            try row.strings("filter_columns")
        }
    }

    /// The schemas that publications publish whole (15 and later; none before).
    public func publicationSchemas(of publications: [String]) throws(PostgresError) -> [String: [String]] {
        guard serverVersion.major >= 15 else { return [:] }
        var schemas: [String: [String]] = [:]
        for row in try read(.catalogPublicationSchemas, [ArrayText.text(publications)]).rows {
            schemas[try row.string("publication"), default: []].append(try row.string("schema"))
        }
        return schemas
    }

    private func publishedTables(
        _ script: ReadScript, _ publications: [String], filterColumns: (Row) throws(PostgresError) -> [String]
    ) throws(PostgresError) -> [String: [PublishedTable]] {
        var tables: [String: [PublishedTable]] = [:]
        for row in try read(script, [ArrayText.text(publications)]).rows {
            tables[try row.string("publication"), default: []].append(
                PublishedTable(
                    oid: try row.oid("oid"), name: try row.qualifiedName(), kind: try row.letter("kind"),
                    columns: try row.optionalString("columns") == nil ? nil : row.strings("columns"),
                    rowFilter: try row.optionalString("row_filter"), filterColumns: try filterColumns(row)))
        }
        return tables
    }
}
