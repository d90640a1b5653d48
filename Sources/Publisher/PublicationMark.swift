internal import Catalog
public import Libpq
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

/// A partition of a table that is sent as a whole.
public struct Partition: Hashable, Sendable {
    public let oid: OID
    public let name: QualifiedName
    /// The partitioned table that was asked for.
    public let root: QualifiedName
    /// It was made as a partition. One that was attached may have brought rows along, which the publication did not send.
    public let isBorn: Bool
}

extension Connection {
    /// What a publication sends; nil where there is none of this name.
    public func publicationMarks(_ publication: String) throws(PostgresError) -> [PublicationMark]? {
        guard try self.publication(publication) != nil else { return nil }
        let script: Script = serverVersion.major >= 15 ? .publisherPublicationMarks : .publisherPublicationMarks10
        var marks: [PublicationMark] = []
        for row in try query(script, [publication]).rows {
            marks.append(
                PublicationMark(
                    table: QualifiedName(schema: try row.string("schema"), name: try row.string("name")),
                    isPartitioned: try row.bool("is_partitioned"), mark: try row.string("mark")))
        }
        return marks
    }

    /// All partitions below partitioned tables.
    public func partitions(of roots: [QualifiedName]) throws(PostgresError) -> [Partition] {
        if roots.isEmpty { return [] }
        var partitions: [Partition] = []
        let names = [ArrayText.text(roots.map(\.schema)), ArrayText.text(roots.map(\.name))]
        for row in try query(.publisherPartitions, names).rows {
            partitions.append(
                Partition(
                    oid: try row.oid("oid"),
                    name: QualifiedName(schema: try row.string("schema"), name: try row.string("name")),
                    root: QualifiedName(schema: try row.string("root_schema"), name: try row.string("root_name")),
                    isBorn: try row.bool("is_born")))
        }
        return partitions
    }
}
