internal import Job
internal import Pgoutput
internal import Postgres
internal import Subscriber

/// The stream's reports about partitions, though it sends their rows as their root's: before the first of them it
/// describes the root and, right after it, the partition (`maybe_send_schema` in pgoutput.c). So a partition that comes
/// and goes between two polls of the catalog is known to have had rows.
struct PartitionSightings {
    /// Tables that are followed as a whole.
    private let roots: Set<QualifiedName>
    private var known: Set<OID>
    /// Detached in the shadow: their rows were all before.
    private let detached: Set<OID>
    /// The table that the last element of the transaction described.
    private var described: QualifiedName?
    /// To be recorded with the transactions that reported them.
    private(set) var unrecorded: [PartitionSighting] = []

    init(_ partitions: [QualifiedName: [FollowedPartition]]) {
        roots = Set(partitions.keys)
        let all = partitions.values.joined()
        known = Set(all.filter { !$0.isDetached }.map(\.oid))
        detached = Set(all.filter(\.isDetached).map(\.oid))
    }

    /// Another element than a description, or the beginning of a transaction.
    mutating func pass() { described = nil }

    /// Takes note of a description.
    ///
    /// - Parameters:
    ///   - isRepeated: its transaction has been applied before.
    ///   - isPublished: whether the job follows a table; nil where it does not know it.
    mutating func describe(
        _ relation: Message.Relation, isRepeated: Bool, isPublished: (QualifiedName) -> Bool?
    ) {
        defer { described = relation.name }
        guard let root = described, isPublished(root) == true, isPublished(relation.name) != true,
            !(isRepeated && detached.contains(relation.id)), known.insert(relation.id).inserted
        else { return }
        unrecorded.append(.rows(relation.id, relation.name, root: root))
    }

    /// A table is emptied by a transaction of the source.
    mutating func truncate(_ table: QualifiedName, by transaction: TransactionID) {
        unrecorded.append(.truncate(table, isRoot: roots.contains(table), by: transaction))
    }

    /// The sightings that are to be recorded now.
    mutating func take() -> [PartitionSighting] {
        defer { unrecorded = [] }
        return unrecorded
    }
}
