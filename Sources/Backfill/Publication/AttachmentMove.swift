internal import Catalog
internal import Job
internal import Postgres

/// A table of the job that is a partition of another table in the shadow than on the source, or of one only there or here.
struct AttachmentMove: Equatable, CustomStringConvertible {
    let table: QualifiedName
    /// In the shadow.
    let from: Attachment?
    /// On the source.
    let to: Attachment?

    var description: String {
        "\(from?.parent.description ?? "") to \(to?.parent.description ?? "") \(to?.bound ?? "")"
    }

    /// The differences between the two sides, for tables that the job follows (`ready`) or has followed.
    static func all(
        of tables: [FollowedTable], source: [Attachment], shadow: [Attachment]
    ) -> [AttachmentMove] {
        let there = Dictionary(source.map { ($0.name, $0) }) { first, _ in first }
        let here = Dictionary(shadow.map { ($0.name, $0) }) { first, _ in first }
        return tables.compactMap { table in
            let from = here[table.name]
            // A table that is not followed any more is not moved.
            let to = there[table.name].flatMap { table.isReady || from?.parent == $0.parent ? $0 : nil }
            guard from?.parent != to?.parent else { return nil }
            return AttachmentMove(table: table.name, from: from, to: to)
        }
    }
}
