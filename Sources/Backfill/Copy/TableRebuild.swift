internal import Catalog
internal import Job
internal import Postgres
internal import Publisher
internal import Subscriber

/// Gives tables that are copied again the columns that they have on the source now. Their rows go, so any change can be made;
/// columns, indexes and constraints that only the shadow has stay.
struct TableRebuild {
    private let session: JobSession
    /// As the copy's snapshot shows them.
    let shapes: [TableShape]

    /// Reads the shapes of tables under a snapshot.
    init(_ session: JobSession, of tables: [CopyTable], under snapshot: SnapshotKeeper) throws(PostgresError) {
        self.session = session
        let source = try Source(session.settings.source, as: "shapes", interrupt: session.stop)
        try source.useSnapshot(snapshot.name)
        shapes = try source.shapes(of: tables.map(\.oid))
        try source.endTransaction()
    }

    /// The tables of the shadow that are not as they should be, with the statements to make them so.
    func alterations() throws(PostgresError) -> [QualifiedName: TableAlteration] {
        guard session.settings.copySchema else { return [:] }
        let copying = Set(try session.store.tables().filter { $0.state == .copying }.map(\.name))
        let known = Dictionary(try session.store.shapes().map { ($0.table, $0) }) { first, _ in first }
        let shadow = ShadowAlteration(session.shadow)
        var alterations: [QualifiedName: TableAlteration] = [:]
        for shape in shapes where copying.contains(shape.name) {
            guard try session.shadow.relation(shape.name) != nil else { continue }
            let from = known[shape.name]?.shape.map { $0.id == shape.id ? $0 : $0.renumbered(like: shape) }
            let alteration = try shadow.plan(.rebuilding, shape.name, from: from, to: shape)
            if !alteration.statements.isEmpty { alterations[shape.name] = alteration }
        }
        return alterations
    }

    /// In an open transaction.
    ///
    /// - Returns: The tables that could not be altered, and why.
    func carryOut(
        _ alterations: [QualifiedName: TableAlteration]
    ) throws(PostgresError) -> [QualifiedName: PostgresError] {
        var failed: [QualifiedName: PostgresError] = [:]
        // All first: a statement may concern the rows of another partition.
        for table in alterations.keys { _ = try session.shadow.empty(table) }
        for (table, alteration) in alterations.sorted(by: { $0.key < $1.key }) {
            for statement in alteration.statements {
                guard let error = try session.shadow.make(statement + ";", name: "columns of \(table)") else {
                    continue
                }
                failed[table] = JobFault.notFollowable(table, statement, error)
                break
            }
        }
        return failed
    }

    /// Notes the shapes of tables that are about to be copied.
    func remember(_ tables: Set<QualifiedName>) throws(PostgresError) {
        for shape in shapes where tables.contains(shape.name) { try session.store.setShape(shape.name, shape) }
    }
}
