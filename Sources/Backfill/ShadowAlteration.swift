internal import Catalog
internal import Job
internal import Postgres
internal import Subscriber

/// Plans the alteration of a table of the shadow as it is now.
struct ShadowAlteration {
    private let shadow: Shadow

    init(_ shadow: Shadow) { self.shadow = shadow }

    /// Throws where the shadow lacks the table.
    func plan(
        _ step: TableAlteration.Step, _ table: QualifiedName, from: TableShape?, to: TableShape
    ) throws(PostgresError) -> TableAlteration {
        guard let relation = try shadow.relation(table), relation.isTable,
            let shape = try shadow.shapes(of: [relation.oid]).first
        else { throw JobFault.goneFromShadow(table) }
        return TableAlteration(step, of: shape, at: try top(of: table), from: from, to: to)
    }

    /// The columns of a partition are changed at the table at the top.
    private func top(of table: QualifiedName) throws(PostgresError) -> QualifiedName {
        var top = table
        while let above = try shadow.attachments(of: [top]).first?.parent { top = above }
        return top
    }
}
