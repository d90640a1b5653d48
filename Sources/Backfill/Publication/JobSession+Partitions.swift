internal import Catalog
internal import Postgres
internal import Publisher
internal import Subscriber

// The shadow's partitions, made and placed as the source's.
extension JobSession {
    /// Those that the shadow has not attached. A shadow that keeps the rows in one table needs none.
    func missingPartitions(_ partitions: [Partition]) throws(PostgresError) -> [Partition] {
        guard settings.copySchema, let root = partitions.first?.root,
            try shadow.relation(root)?.isPartitioned == true
        else { return [] }
        let missing = Set(try shadow.unattachedTables(partitions.map(\.name)))
        return partitions.filter { missing.contains($0.name) }
    }

    func create(_ partitions: [Partition]) throws(PostgresError) {
        if partitions.isEmpty { return }
        let schema = try SchemaCopy(of: partitions.map(\.oid), self, snapshot: nil, attachesLate: true, isStrict: true)
        try schema.restoreTables()
        try schema.restoreKeys()
        tell("partitions were created: \(partitions.map(\.name.description).joined(separator: ", "))")
    }

    /// Puts the shadow's partitions where the source's are, for tables that are about to be copied again: what has no place
    /// there any more is detached, and what has come back is emptied and attached. Only the job's own are touched, and those
    /// that are missing are left to the schema's copy.
    func alignPartitions(of tables: [CopyTable]) throws(PostgresError) {
        guard settings.copySchema else { return }
        let known = try store.partitions()
        let followed = Set(try store.tables().map(\.name))
        for root in tables.filter(\.isPartitioned).map(\.name) {
            let ours = Set((known[root] ?? []).map(\.name))
            guard !ours.isEmpty, try shadow.relation(root)?.isPartitioned == true else { continue }
            let present = try source.partitions(of: [root]).filter { !$0.bound.isEmpty }
            let places = Dictionary(
                present.map { ($0.name, Attachment(name: $0.name, parent: $0.parent, bound: $0.bound)) }
            ) { first, _ in first }
            try shadow.transaction { () throws(PostgresError) in
                var moved: Set<QualifiedName> = []
                for partition in try shadow.attachments(below: [root])
                where ours.contains(partition.name) && places[partition.name] != partition {
                    moved.insert(partition.name)
                    if !moved.contains(partition.parent) { try shadow.detach(partition) }
                }
                for partition in try missingPartitions(present) {
                    guard let place = places[partition.name], let table = try shadow.relation(partition.name),
                        try shadow.relation(place.parent) != nil
                    else { continue }
                    if try shadow.hasRows(table) {
                        guard ours.union(followed).contains(partition.name) else {
                            throw Self.foreignRows(partition.name)
                        }
                        _ = try shadow.empty(partition.name)
                    }
                    try shadow.attach(place)
                }
            }
        }
    }

    /// The tables that the shadow needs for a copy: with all partitions of those that are sent as a whole.
    func schemaTables(of tables: [CopyTable]) throws(PostgresError) -> [OID] {
        let partitions = try source.partitions(of: tables.filter(\.isPartitioned).map(\.name))
        return tables.map(\.oid) + partitions.map(\.oid)
    }

    static func foreignRows(_ table: QualifiedName) -> PostgresError {
        PostgresError(
            "table \(table) of the shadow has rows that the job did not write",
            hint: "Empty the table (TRUNCATE \(table)), if these rows may go.")
    }
}
