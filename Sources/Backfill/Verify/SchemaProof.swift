internal import Catalog
internal import Job
public import Libpq
public import Postgres
internal import Publisher
internal import Subscriber

/// Proves that the shadow has the schema of the source: reads both sides' catalogs, compares them, and separates the
/// differences that the job means from the others. It writes nothing on either side.
///
/// The objects that are compared are those by which the job brings the schema over, found anew on each side, so that an
/// object that only the shadow has is found too. Where the two lists differ, each side is asked for the objects of the
/// other's list.
public struct SchemaProof {
    private let source: Source
    private let shadow: Shadow
    private let settings: JobSettings
    private let interrupt: Interrupt

    public init(_ settings: JobSettings, interrupt: Interrupt) throws(PostgresError) {
        self.settings = settings
        self.interrupt = interrupt
        source = try Source(settings.source, as: "schema proof", interrupt: interrupt, onInterrupt: .cancelQuery)
        shadow = try Shadow(settings.shadow, as: "schema proof", interrupt: interrupt, onInterrupt: .cancelQuery)
        // Before 12 a number's shortest form is not known; rounded to 15 digits all servers write the same.
        if min(source.serverVersion.major, shadow.serverVersion.major) < 12 {
            try source.roundNumbers()
            try shadow.roundNumbers()
        }
    }

    /// Compares the schema of tables, with all that they need and all that belongs to them.
    ///
    /// - Parameter tables: nil for those that the job follows or, where there is no job, those that its publication sends.
    public func run(_ tables: [QualifiedName]? = nil) throws(PostgresError) -> SchemaReport {
        let store = JobStore(shadow, slot: settings.slot)
        let hasJob = try store.job() != nil
        let followed = hasJob ? try store.tables().filter(\.isPublished) : []
        let names =
            if let tables { tables } else if hasJob { followed.map(\.name) } else { try published() }
        guard !names.isEmpty else {
            throw PostgresError(
                "there are no tables to compare", hint: "Name them: \\verify --schema TABLE.",
                sqlState: .undefinedTable)
        }
        // One moment of each side.
        return try source.atOneMoment { () throws(PostgresError) in
            try shadow.atOneMoment { () throws(PostgresError) in
                try report(names, followed, hasJob ? store : nil)
            }
        }
    }

    private func published() throws(PostgresError) -> [QualifiedName] {
        guard try source.publication(settings.publication) != nil else {
            throw PostgresError(
                "there is neither a job nor a publication \"\(settings.publication)\" that says which tables to compare",
                hint: "Name the tables: \\verify --schema TABLE.", sqlState: .undefinedObject)
        }
        let tables = try source.publishedTables(of: [settings.publication])[settings.publication] ?? []
        return tables.map(\.name)
    }

    private func report(
        _ names: [QualifiedName], _ followed: [FollowedTable], _ store: JobStore?
    ) throws(PostgresError) -> SchemaReport {
        let tables = (source: try source.namedTables(names), shadow: try shadow.namedTables(names))
        let known = Set(tables.source.map(\.askedFor) + tables.shadow.map(\.askedFor))
        if let absent = names.first(where: { !known.contains($0) }) {
            throw PostgresError(
                "table \(absent) exists neither on the source nor in the shadow",
                hint: "\\tables lists the tables of the source.", sqlState: .undefinedTable)
        }
        let needed = (
            source: try source.neededObjects(of: tables.source.map(\.oid)),
            shadow: try shadow.neededObjects(of: tables.shadow.map(\.oid))
        )
        // The other side may have an object without needing it: a function that no constraint calls any more.
        let all = (
            source: needed.source.union(
                try source.objects(named: needed.shadow.identities(missingIn: needed.source))),
            shadow: needed.shadow.union(
                try shadow.objects(named: needed.source.identities(missingIn: needed.shadow)))
        )
        let there = try shadow.catalogSchema(of: all.shadow)
        let others = try source.namedTables(followed.map(\.name)).map(\.identity)
        let here = try source.catalogSchema(of: all.source).withoutForeignKeys(
            toOthersThan: needed.source.names.union(others), unlessIn: there)
        let meant = if let store { try meant(store, followed, here) } else { MeantDifferences.none }
        let differences = SchemaComparison.differences(source: here, shadow: there)
        return SchemaReport(
            objects: Set(here.objects.keys).union(there.objects.keys).count,
            differences: differences.map { SchemaReport.Entry($0, reason: meant.reason(for: $0)) },
            isCopying: followed.contains(where: \.needsCopy))
    }

    private func meant(
        _ store: JobStore, _ followed: [FollowedTable], _ schema: CatalogSchema
    ) throws(PostgresError) -> MeantDifferences {
        // Read after the catalogs: a note commits with the change that it describes, so that no change that was seen
        // lacks its note.
        let names = Set(followed.map(\.name))
        let loosened = try store.tables().filter { names.contains($0.name) && !$0.identityColumns.isEmpty }
        let columns = Dictionary(loosened.map { ($0.name, $0.identityColumns) }) { first, _ in first }
        var identities: Set<SchemaDifference.ColumnName> = []
        for table in try source.namedTables(loosened.map(\.name)) {
            for column in columns[table.askedFor] ?? [] {
                identities.insert(SchemaDifference.ColumnName(table: table.identity, name: column))
            }
        }
        let session = try Shadow(settings.shadow, as: "schema proof", interrupt: interrupt)
        return MeantDifferences(
            setAside: try store.setAside(), identityColumns: schema.origins(ofColumns: identities),
            leavesTriggersOut: try !session.becomeReplica())
    }
}
