internal import Catalog
internal import Postgres
internal import Subscriber

/// Followed tables that have another name on the source than the job knows. Pure. A table is the same by its OID.
///
/// A name that another followed table has, and does not give up, is not taken: there a table was replaced, and is copied.
struct TableRenames {
    struct Move: Hashable {
        let oid: OID
        let from: QualifiedName
        let to: QualifiedName
    }

    private(set) var moves: [Move] = []

    /// - Parameter names: the tables' names on the source, by their OIDs.
    init(_ known: [RememberedShape], names: [OID: QualifiedName]) {
        for table in known where table.isStreamed {
            guard let id = table.latest?.id, let name = names[id], name != table.table else { continue }
            moves.append(Move(oid: id, from: table.table, to: name))
        }
        while true {
            let leaving = Set(moves.map(\.from))
            let staying = Set(known.map(\.table)).subtracting(leaving)
            let possible = moves.filter { !staying.contains($0.to) }
            if possible.count == moves.count { break }
            moves = possible
        }
    }

    /// Schemas that have other names, with all that is in them.
    ///
    /// - Parameter now: the source's tables, by their OIDs.
    static func schemas(
        _ known: [RememberedShape], _ now: [OID: TableShape]
    ) -> [(from: String, to: String)] {
        var schemas: [String: String] = [:]
        for table in known {
            guard let then = table.latest, let present = now[then.id], then.schemaOID == present.schemaOID,
                then.schema != present.schema
            else { continue }
            schemas[then.schema] = present.schema
        }
        return schemas.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// Names that are about to change, and those that come.
    var names: (from: Set<QualifiedName>, to: Set<QualifiedName>) { (Set(moves.map(\.from)), Set(moves.map(\.to))) }
}
