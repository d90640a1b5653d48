internal import Catalog
internal import Job
internal import Postgres
internal import Publisher
internal import Subscriber

/// Partitions that are followed as tables of their own: their rows come with the stream, their place does not.
struct Attachments {
    private let session: JobSession
    private var shadow: Shadow { session.shadow }

    init(_ session: JobSession) { self.session = session }

    func moves(of tables: [FollowedTable]) throws(PostgresError) -> [AttachmentMove] {
        guard session.settings.copySchema, !tables.isEmpty else { return [] }
        // Those of tables that are sent as a whole are followed with these.
        let others = Set(try session.store.partitions().values.joined().map(\.name))
        let separate = tables.filter { !others.contains($0.name) }
        let names = separate.map(\.name)
        let moves = AttachmentMove.all(
            of: separate, source: try session.source.attachments(of: names),
            shadow: try shadow.attachments(of: names))
        // A shadow may keep what it likes as a plain table.
        var wanted: [AttachmentMove] = []
        for move in moves {
            if let parent = move.to?.parent {
                if try shadow.relation(parent)?.isPartitioned == true { wanted.append(move) }
            } else if let parent = move.from?.parent,
                try !session.source.tables(matching: TablePattern(exactly: parent)).isEmpty
            {
                wanted.append(move)
            }
        }
        return wanted
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
        session.journal.log(
            move.to.map { "\(move.table) was attached to \($0.parent), as on the source" }
                ?? "\(move.table) was detached, as it is no partition on the source any more; it stays in the shadow")
        return true
    }

    /// Detaches a partition whose rows no longer fit where it is in the shadow, as the source has it elsewhere. False where
    /// it has not.
    func release(_ table: QualifiedName) throws(PostgresError) -> Bool {
        guard session.settings.copySchema, let here = try shadow.attachments(of: [table]).first,
            try session.source.attachments(of: [table]).first != here
        else { return false }
        try shadow.detach(here)
        session.journal.log("\(table) was detached, as the source has changed its place")
        return true
    }
}
