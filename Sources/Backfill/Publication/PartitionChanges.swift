internal import Job
internal import Postgres
internal import Publisher
internal import Subscriber

/// The changes of the partitions of a table that is sent as a whole, since the job last knew them. The stream brings
/// their rows as the table's, and does not report when one is attached, detached, dropped or truncated (pgoutput.c
/// leaves partitions out); the catalog does. Pure: the known partitions and the present ones go in.
///
///     known, with its transaction and file   there, with both          as it was
///                                            with another file          truncated or rewritten
///                                            with another transaction   detached and attached again
///                                            not there                  detached or dropped
///     heard of in the stream only            there                      made a moment ago
///                                            not there                  made and dropped between two polls
///     neither                                there                      new
struct PartitionChanges: Equatable {
    /// One that has another file, which may mean that rows have gone.
    struct Rewritten: Equatable {
        /// Transactions below this were complete when it was known to have its rows; nil where that was never polled.
        let horizon: TransactionID?
        let now: Partition
    }

    /// The job does not know the table's partitions yet.
    private(set) var isFirst = false
    private(set) var unchanged: [Partition] = []
    /// Made as partitions since, or emptied by a TRUNCATE that the stream has brought: only to be noted.
    private(set) var new: [Partition] = []
    private(set) var rewritten: [Rewritten] = []
    /// Detached or dropped.
    private(set) var gone: [FollowedPartition] = []
    /// Why the rows in the shadow cannot be those that the source shows, whatever else is found; nil where they can.
    private(set) var reasonForCopy: String?

    init(known: [FollowedPartition], present: [Partition]) {
        guard known.contains(where: \.isRoot) else {
            isFirst = true
            new = present
            return
        }
        let own = known.filter { !$0.isRoot && !$0.isDetached }
        let byOID = Dictionary(own.map { ($0.oid, $0) }) { first, _ in first }
        for partition in present { compare(byOID[partition.oid], partition) }
        let there = Set(present.map(\.oid))
        for partition in own where !there.contains(partition.oid) {
            if partition.attachedBy != nil {
                gone.append(partition)
            } else {
                reasonForCopy = "partition \(partition.name) came and went"
            }
        }
    }

    private mutating func compare(_ known: FollowedPartition?, _ now: Partition) {
        if let attachedBy = known?.attachedBy, attachedBy != now.attachedBy {
            reasonForCopy = "partition \(now.name) was detached and attached again"
        } else if known?.attachedBy == nil, !now.createdAsPartition {
            reasonForCopy = "\(now.name) was attached as a partition, perhaps with rows"
        } else if !now.isLeaf || now.fileNode == known?.fileNode {
            if known?.attachedBy == nil { new.append(now) } else { unchanged.append(now) }
        } else if known?.fileNode == nil && now.fileNode == now.oid || known?.emptiedBy == now.definedBy {
            new.append(now)
        } else {
            rewritten.append(Rewritten(horizon: known?.horizon, now: now))
        }
    }

    /// Nothing is to be done for the rows.
    var isHarmless: Bool { reasonForCopy == nil && rewritten.isEmpty && gone.isEmpty }
}

extension FollowedPartition {
    init(_ partition: Partition) {
        self.init(
            oid: partition.oid, name: partition.name, attachedBy: partition.attachedBy, fileNode: partition.fileNode)
    }
}

extension JobStore {
    /// Notes partitions as they were seen.
    func note(_ seen: [Partition], of root: QualifiedName) throws(PostgresError) {
        guard let horizon = seen.first?.horizon else { return }
        try setPartitions(of: root, seen.map { FollowedPartition($0) }, horizon: horizon)
    }

    /// Notes the present partitions of a table, in place of those that were known.
    func replacePartitions(of root: QualifiedName, _ seen: [Partition]) throws(PostgresError) {
        try forgetPartitions(of: root)
        let itself = FollowedPartition(oid: OID(0), name: root, attachedBy: TransactionID(0))
        try setPartitions(of: root, [itself], horizon: TransactionID(0))
        try note(seen, of: root)
    }
}
