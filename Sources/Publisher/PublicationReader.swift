internal import Catalog
internal import Postgres

/// The content of a publication, and how a database's tables relate to it.
struct PublicationReader {
    let source: any CatalogReader
    /// FOR ALL TABLES.
    let publishesAll: Bool
    /// The tables that the publication names itself.
    let members: [OID: PublishedTable]
    private let sent: Set<OID>
    private let parents: [OID: OID]

    init(_ name: String, _ existing: Publication?, _ source: any CatalogReader) throws(PostgresError) {
        self.source = source
        publishesAll = existing?.allTables ?? false
        var members: [OID: PublishedTable] = [:]
        for member in try source.publicationMembers(of: [name])[name] ?? [] { members[member.oid] = member }
        self.members = members
        sent = Set((try source.publishedTables(of: [name])[name] ?? []).map(\.oid))
        var parents: [OID: OID] = [:]
        for table in try source.tables() { parents[table.oid] = table.parent }
        self.parents = parents
    }

    /// The partitioned tables above a partition, the nearest first.
    func ancestors(of table: Table) -> [OID] {
        var ancestors: [OID] = []
        var next = table.parent
        while let oid = next {
            ancestors.append(oid)
            next = parents[oid]
        }
        return ancestors
    }

    /// Sends the table's changes already, in whatever way it came in.
    func publishes(_ table: Table) -> Bool {
        publishesAll || members[table.oid] != nil || sent.contains(table.oid)
            || ancestors(of: table).contains { members[$0] != nil || sent.contains($0) }
    }

    /// The tables that a pattern names. Before 13 a partitioned table cannot be published: its partitions stand for it.
    func resolve(_ pattern: TablePattern) throws(PostgresError) -> [Table] {
        let tables = try source.tables(named: [pattern])
        let partitioned = tables.filter { $0.kind == .partitioned }
        guard source.serverVersion.major < 13, !partitioned.isEmpty else { return tables }
        let leaves = Set(
            try source.partitionLeaves(of: partitioned.map(\.oid)).values.flatMap { $0 }.map(\.oid))
        let named = Set(tables.map(\.oid))
        return tables.filter { $0.kind != .partitioned }
            + (try source.tables()).filter { leaves.contains($0.oid) && !named.contains($0.oid) }
    }
}
