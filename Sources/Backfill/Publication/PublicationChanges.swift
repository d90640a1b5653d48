internal import Job
internal import Postgres
internal import Publisher

/// The changes of the publication since the job last read it. Pure: the tables that are followed and those that are
/// sent go in, the work to be done comes out.
struct PublicationChanges: Equatable {
    /// Sent, and not yet the job's: to be copied.
    private(set) var added: [SentTable] = []
    /// Not sent any more.
    private(set) var removed: [QualifiedName] = []
    /// Were out for a while, or are sent with other columns or rows: to be copied again.
    private(set) var changed: [SentTable] = []
    /// Followed as they are; only the fingerprint was not known.
    private(set) var identified: [SentTable] = []

    init(followed: [FollowedTable], sent: [SentTable]) {
        let byName = Dictionary(followed.map { ($0.name, $0) }) { first, _ in first }
        for table in sent {
            guard let known = byName[table.table] else {
                added.append(table)
                continue
            }
            if !known.isPublished {
                changed.append(table)
            } else if let fingerprint = known.publishedAs {
                if fingerprint != table.fingerprint { changed.append(table) }
            } else {
                identified.append(table)
            }
        }
        let names = Set(sent.map(\.table))
        removed = followed.filter { $0.isPublished && !names.contains($0.name) }.map(\.name)
    }

    /// No table needs another copy, and none is left out.
    var isEmpty: Bool { added.isEmpty && removed.isEmpty && changed.isEmpty }
}
