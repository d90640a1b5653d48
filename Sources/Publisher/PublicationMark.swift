internal import Catalog
internal import Libpq
public import Postgres
internal import Scripts

/// A table that a publication sends, and how it came in.
public struct PublicationMark: Hashable, Sendable {
    public let table: QualifiedName
    /// Its partitions are sent as the table itself.
    public let isPartitioned: Bool
    /// Stays as it is while the publication sends the table without a break, with the same columns and rows.
    public let mark: String

    public init(table: QualifiedName, isPartitioned: Bool = false, mark: String) {
        self.table = table
        self.isPartitioned = isPartitioned
        self.mark = mark
    }
}

extension Source {
    /// What a publication sends; nil where there is none of this name.
    public func publicationMarks(_ publication: String) throws(PostgresError) -> [PublicationMark]? {
        guard try self.publication(publication) != nil else { return nil }
        var marks: [PublicationMark] = []
        for row in try connection.query(.publisherPublicationMarks, [publication]).rows {
            marks.append(
                PublicationMark(
                    table: QualifiedName(schema: try row.string("schema"), name: try row.string("name")),
                    isPartitioned: try row.bool("is_partitioned"), mark: try row.string("mark")))
        }
        return marks
    }
}
