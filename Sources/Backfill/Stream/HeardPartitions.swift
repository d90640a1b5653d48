internal import Pgoutput
internal import Postgres
internal import Subscriber

/// The partitions that the stream has brought rows of, though it sends these as their root's: before the first of them it
/// describes the root and, right behind it, the partition (`maybe_send_schema` in pgoutput.c). So a partition that comes
/// and goes between two looks at the catalog is known to have had rows.
struct HeardPartitions {
    struct Heard: Equatable {
        let oid: OID
        let name: QualifiedName
        let root: QualifiedName
    }

    /// Tables that are followed as a whole.
    let roots: Set<QualifiedName>
    private var known: Set<OID>
    /// Detached in the shadow: their rows were all before.
    private let detached: Set<OID>
    /// The table that the last message described.
    private var described: QualifiedName?

    init(_ partitions: [QualifiedName: [FollowedPartition]]) {
        roots = Set(partitions.keys)
        let all = partitions.values.joined()
        known = Set(all.filter { !$0.isDetached }.map(\.oid))
        detached = Set(all.filter(\.isDetached).map(\.oid))
    }

    /// Takes note of a message; the partition that it describes, if that was not known.
    ///
    /// - Parameter isRepeated: its transaction has been applied before.
    mutating func hear(_ message: Message, _ tables: [QualifiedName: FollowedTable], isRepeated: Bool) -> Heard? {
        guard case .relation(let relation) = message else {
            if case .type = message { return nil }
            described = nil
            return nil
        }
        defer { described = relation.name }
        guard let root = described, let table = tables[root], table.state != .unpublished,
            tables[relation.name].map({ $0.state == .unpublished }) ?? true,
            !(isRepeated && detached.contains(relation.id)), known.insert(relation.id).inserted
        else { return nil }
        return Heard(oid: relation.id, name: relation.name, root: root)
    }
}
