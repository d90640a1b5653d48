internal import Catalog
internal import Job
internal import Postgres
internal import Publisher

/// Reads from the source the columns and sizes of tables to copy.
struct CopyTables {
    private let session: JobSession

    init(_ session: JobSession) { self.session = session }

    /// In the order of the source's columns.
    ///
    /// Throws where the source lacks one of them.
    func read(_ names: [QualifiedName]) throws(PostgresError) -> [CopyTable] {
        let source = session.source
        let publication = session.settings.publication
        let wanted = Set(names)
        let tables = try source.tables().filter { wanted.contains($0.name) }
        let missing = wanted.subtracting(tables.map(\.name))
        guard missing.isEmpty else { throw JobFault.missingOnSource(missing) }
        let oids = tables.map(\.oid)
        let columns = try source.columns(of: oids)
        let pages = try source.pages(of: oids)
        let published = try source.publishedTables(of: [publication])[publication] ?? []
        let members = Dictionary(published.map { ($0.oid, $0) }) { first, _ in first }
        return tables.map { table in
            let member = members[table.oid]
            let written = (columns[table.oid] ?? []).filter { $0.generated == .no }
            let sent = written.filter { member?.columns?.contains($0.name) ?? true }
            return CopyTable(
                oid: table.oid, name: table.name, columns: sent.map(\.name),
                unsentColumns: written.filter { !sent.contains($0) }.map(\.name),
                hasBinaryForm: sent.allSatisfy { BinaryForm.types.contains($0.type) },
                textColumns: sent.filter { BinaryForm.texts.contains($0.type) }.map(\.name), filter: member?.rowFilter,
                isPartitioned: table.kind == .partitioned, pages: pages[table.oid] ?? 0)
        }
    }
}
