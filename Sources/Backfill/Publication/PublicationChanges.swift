internal import Postgres
internal import Publisher
internal import Subscriber

/// What has become of the publication since the job last looked. Pure: the tables that are followed and those that are sent
/// go in, what is to be done comes out.
struct PublicationChanges: Equatable {
    /// Sent, and not yet the job's: to be copied.
    private(set) var added: [PublicationMark] = []
    /// Not sent any more.
    private(set) var removed: [QualifiedName] = []
    /// Were out for a while, or are sent with other columns or rows: to be copied again.
    private(set) var changed: [PublicationMark] = []
    /// Followed as they are; only the mark was not known.
    private(set) var marked: [PublicationMark] = []

    init(followed: [FollowedTable], sent: [PublicationMark]) {
        let byName = Dictionary(followed.map { ($0.name, $0) }) { first, _ in first }
        for mark in sent {
            guard let table = byName[mark.table] else {
                added.append(mark)
                continue
            }
            if table.state == .unpublished {
                changed.append(mark)
            } else if let known = table.publishedAs {
                if known != mark.mark { changed.append(mark) }
            } else {
                marked.append(mark)
            }
        }
        let names = Set(sent.map(\.table))
        removed = followed.filter { $0.state != .unpublished && !names.contains($0.name) }.map(\.name)
    }

    /// No table needs another copy, and none is left out.
    var isEmpty: Bool { added.isEmpty && removed.isEmpty && changed.isEmpty }
}
