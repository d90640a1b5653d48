internal import Catalog
internal import Postgres

/// What has become of a table between two looks at the source's catalog, and what that means for its rows in the shadow. Pure.
///
/// A change is followed only where the catalog proves which values the rows have now: columns are the same by their number, and
/// rows that were not written anew (their file is the same) hold what they held. What is not proven is copied again.
struct ShapeChange: Equatable {
    enum Verdict: Equatable {
        case none
        /// The rows are in another file: TRUNCATE and VACUUM FULL do that, which the shadow has or need not have, and forms of
        /// ALTER TABLE that change values.
        case rewritten
        /// The shadow's table is altered, and keeps its rows.
        case follow
        /// - Parameter reason: after "as": `its rows were written anew …`.
        case copyAgain(reason: String)
    }

    let verdict: Verdict
    /// For people: `adds column c; drops column d`.
    let description: String

    init(from: TableShape, to: TableShape) {
        let added = to.columns.filter { from.column($0.number) == nil }
        let dropped = from.columns.filter { to.column($0.number) == nil }
        var words: [String] = []
        var reason: String?
        if from.name != to.name { words.append("is called \(to.name)") }
        words += added.map { "adds column \(Self.display($0.name))" }
        words += dropped.map { "drops column \(Self.display($0.name))" }
        var changesTypes = false
        for column in to.columns {
            guard let old = from.column(column.number) else { continue }
            let name = Self.display(old.name)
            if !Self.isSame(old.name, column.name) {
                words.append("renames column \(name) to \(Self.display(column.name))")
            }
            if old.type != column.type || old.collation != column.collation {
                words.append("changes the type of \(name) from \(old.type) to \(column.type)")
                changesTypes = true
            }
            if old.generated != column.generated
                || column.generated != .no && old.expressionDigest != column.expressionDigest
            {
                words.append("changes how \(name) is generated")
                reason = "column \(name) is computed otherwise"
            } else if old.expression != column.expression {
                words.append("changes the default of \(name)")
            }
            if old.isNotNull != column.isNotNull {
                words.append(column.isNotNull ? "makes \(name) NOT NULL" : "lets \(name) be null")
            }
            if old.identity != column.identity { words.append("changes the identity of \(name)") }
        }
        words += Self.parts(from, to)
        if from.replicaIdentity != to.replicaIdentity { words.append("changes its replica identity") }
        if from.clusteredOn != to.clusteredOn { words.append("changes the index that it is clustered on") }
        let isRewritten = from.fileNode != to.fileNode
        if isRewritten, changesTypes || !added.isEmpty {
            reason = "its rows were written anew with other columns or types"
        }
        for column in added where column.missing == .unknown {
            reason = "the value that older rows have in column \(Self.display(column.name)) is not known"
        }
        for column in to.columns {
            let namesake = from.columns.first { Self.isSame($0.name, column.name) }
            if let namesake, namesake.number != column.number {
                reason = "\(Self.display(column.name)) is another column than before"
            }
        }
        description = words.joined(separator: "; ")
        if let reason {
            verdict = .copyAgain(reason: reason)
        } else if isRewritten {
            verdict = .rewritten
        } else {
            verdict = words.isEmpty ? .none : .follow
        }
    }

    private static func parts(_ from: TableShape, _ to: TableShape) -> [String] {
        let (old, new) = (Set(from.parts), Set(to.parts))
        let gone = from.parts.filter { !new.contains($0) }.map { "drops \($0.kind.rawValue) \(display($0.name))" }
        let come = to.parts.filter { !old.contains($0) }.map { "adds \($0.kind.rawValue) \(display($0.name))" }
        return gone + come
    }

    /// Byte by byte, as servers compare names.
    private static func isSame(_ left: String, _ right: String) -> Bool { left.utf8.elementsEqual(right.utf8) }

    private static func display(_ name: String) -> String { QualifiedName.display(name) }
}
