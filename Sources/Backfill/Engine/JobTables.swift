internal import Catalog
internal import Job
internal import Postgres
internal import Publisher

/// The tables of the source that a new job follows.
struct JobTables {
    private let settings: JobSettings
    private let source: Source

    init(_ settings: JobSettings, _ source: Source) {
        self.settings = settings
        self.source = source
    }

    /// The tables that would be followed, before anything is made: those of the publication, or those that the job
    /// would publish.
    ///
    /// Throws where there is none.
    func planned() throws(PostgresError) -> [QualifiedName] {
        let publication = settings.publication
        if try source.publication(publication) != nil, !selectsItself {
            let published = try source.publishedTables(of: [publication])[publication] ?? []
            let tables = published.map(\.name).filter { !$0.isState }
            guard !tables.isEmpty else { throw JobFault.publicationIsEmpty(publication) }
            return tables
        }
        let selected = try selected()
        let leaves = try source.partitionLeaves(of: selected.map(\.oid))
        return selected.flatMap { table in leaves[table.oid]?.map(\.name) ?? [table.name] }
    }

    /// A copy alone of tables that were named needs no publication.
    private var selectsItself: Bool { !settings.mode.follows && settings.selection.included != [.all] }

    /// The tables that the configuration selects: not partitions whose root is among them too.
    ///
    /// Throws where there is none.
    func selected() throws(PostgresError) -> [Table] {
        let all = try source.tables().filter { table in
            (table.kind == .ordinary || table.kind == .partitioned) && table.persistence == .permanent
                && settings.selection.includes(table.name) && !table.name.isState
        }
        let chosen = Set(all.map(\.oid))
        let tables = all.filter { table in table.parent.map { !table.isPartition || !chosen.contains($0) } ?? true }
        guard !tables.isEmpty else { throw JobFault.nothingToFollow() }
        return tables
    }
}
