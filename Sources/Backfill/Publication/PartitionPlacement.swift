internal import Catalog
internal import Job
internal import Postgres
internal import Publisher
internal import Subscriber

/// Makes and places the shadow's partitions as the source's.
struct PartitionPlacement {
    private let session: JobSession
    private var shadow: Shadow { session.shadow }

    init(_ session: JobSession) { self.session = session }

    /// Those that the shadow has not attached. A shadow that keeps the rows in one table needs none.
    func missing(_ partitions: [Partition]) throws(PostgresError) -> [Partition] {
        guard session.settings.copySchema, let root = partitions.first?.root,
            try shadow.relation(root)?.isPartitioned == true
        else { return [] }
        let missing = Set(try shadow.unattachedTables(partitions.map(\.name)))
        return partitions.filter { missing.contains($0.name) }
    }

    func create(_ partitions: [Partition]) throws(PostgresError) {
        if partitions.isEmpty { return }
        let schema = try SchemaCopy(
            of: partitions.map(\.oid), session, snapshot: nil, attachesLate: true, isStrict: true)
        try schema.restoreTables()
        try schema.restoreKeys()
        session.journal.log("partitions were created: \(partitions.map(\.name.description).joined(separator: ", "))")
    }

    /// The tables that the shadow needs for a copy: with all partitions of those that are sent as a whole.
    func withPartitions(_ tables: [CopyTable]) throws(PostgresError) -> [OID] {
        let partitions = try session.source.partitions(of: tables.filter(\.isPartitioned).map(\.name))
        return tables.map(\.oid) + partitions.map(\.oid)
    }

    /// Puts the shadow's partitions where the source's are, for tables that are about to be copied again: a partition
    /// that has no place there any more is detached, and one that has come back is emptied and attached. Only the job's
    /// own are touched, and those that are missing are left to the schema's copy.
    func align(_ tables: [CopyTable]) throws(PostgresError) {
        guard session.settings.copySchema else { return }
        let known = try session.store.partitions()
        let followed = Set(try session.store.tables().map(\.name))
        for root in tables.filter(\.isPartitioned).map(\.name) {
            let own = Set((known[root] ?? []).map(\.name))
            guard !own.isEmpty, try shadow.relation(root)?.isPartitioned == true else { continue }
            try align(root, own, mayEmpty: own.union(followed))
        }
    }

    private func align(
        _ root: QualifiedName, _ own: Set<QualifiedName>, mayEmpty: Set<QualifiedName>
    ) throws(PostgresError) {
        let present = try session.source.partitions(of: [root]).filter { !$0.bound.isEmpty }
        let places = Dictionary(
            present.map { ($0.name, Attachment(name: $0.name, parent: $0.parent, bound: $0.bound)) }
        ) { first, _ in first }
        try shadow.transaction { () throws(PostgresError) in
            var moved: Set<QualifiedName> = []
            for partition in try shadow.attachments(below: [root])
            where own.contains(partition.name) && places[partition.name] != partition {
                moved.insert(partition.name)
                if !moved.contains(partition.parent) { try shadow.detach(partition) }
            }
            for partition in try missing(present) {
                guard let place = places[partition.name], let table = try shadow.relation(partition.name),
                    try shadow.relation(place.parent) != nil
                else { continue }
                if try shadow.hasRows(table) {
                    guard mayEmpty.contains(partition.name) else { throw JobFault.foreignRows([partition.name]) }
                    _ = try shadow.empty(partition.name)
                }
                try shadow.attach(place)
            }
        }
    }
}
