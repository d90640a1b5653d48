internal import Catalog
internal import Postgres
internal import Publisher
internal import Subscriber

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

    /// What differs between the two sides, of tables that the job follows (`ready`) or has followed.
    static func all(
        of tables: [FollowedTable], source: [Attachment], shadow: [Attachment]
    ) -> [AttachmentMove] {
        let there = Dictionary(source.map { ($0.name, $0) }) { first, _ in first }
        let here = Dictionary(shadow.map { ($0.name, $0) }) { first, _ in first }
        return tables.compactMap { table in
            let from = here[table.name]
            // What is not followed any more, is not put anywhere.
            let to = there[table.name].flatMap { table.state == .ready || from?.parent == $0.parent ? $0 : nil }
            guard from?.parent != to?.parent else { return nil }
            return AttachmentMove(table: table.name, from: from, to: to)
        }
    }
}

// Partitions that are followed as tables of their own: their rows come with the stream, their place does not.
extension JobSession {
    func attachmentMoves(_ tables: [FollowedTable]) throws(PostgresError) -> [AttachmentMove] {
        guard settings.copySchema, !tables.isEmpty else { return [] }
        // Those of tables that are sent as a whole are followed with these.
        let others = Set(try store.partitions().values.joined().map(\.name))
        let own = tables.filter { !others.contains($0.name) }
        let names = own.map(\.name)
        let moves = AttachmentMove.all(
            of: own, source: try source.attachments(of: names),
            shadow: try shadow.attachments(of: names))
        // A shadow may keep what it likes as a plain table.
        var ours: [AttachmentMove] = []
        for move in moves {
            if let parent = move.to?.parent {
                if try shadow.relation(parent)?.isPartitioned == true { ours.append(move) }
            } else if let parent = move.from?.parent,
                try !source.tables(matching: TablePattern(exactly: parent)).isEmpty
            {
                ours.append(move)
            }
        }
        return ours
    }

    /// False where somebody keeps the tables for too long.
    func carryOut(_ move: AttachmentMove) throws(PostgresError) -> Bool {
        do throws(PostgresError) {
            try shadow.transaction { () throws(PostgresError) in
                for parent in Set([move.from?.parent, move.to?.parent].compactMap(\.self)).sorted() {
                    try shadow.lockBriefly(parent)
                }
                if let from = move.from { try shadow.detach(from) }
                if let to = move.to { try shadow.attach(to) }
            }
        } catch  where error.sqlState == .lockNotAvailable {
            return false
        }
        tell(
            move.to.map { "\(move.table) was attached to \($0.parent), as on the source" }
                ?? "\(move.table) was detached, as it is no partition on the source any more; it stays in the shadow")
        return true
    }

    /// Detaches a partition whose rows no longer fit where it is in the shadow, as the source has it elsewhere. False where
    /// it has not.
    func release(_ table: QualifiedName) throws(PostgresError) -> Bool {
        guard settings.copySchema, let here = try shadow.attachments(of: [table]).first,
            try source.attachments(of: [table]).first != here
        else { return false }
        try shadow.detach(here)
        tell("\(table) was detached, as the source has changed its place")
        return true
    }
}
