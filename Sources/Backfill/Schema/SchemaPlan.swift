internal import Catalog
internal import Job
internal import Postgres
internal import Subscriber

/// What is to be done about the differences between the source's catalog and what the job knows of it. Pure.
struct SchemaPlan {
    struct Copy: Equatable {
        let table: QualifiedName
        /// For people, after "on the source": `its rows were written anew`.
        let change: String
    }

    struct Step: Equatable {
        let kind: TableAlteration.Step
        let table: QualifiedName
        let from: TableShape
        let to: TableShape
        /// For people, after the table's name.
        let change: String

        /// There are objects that the schema's copy makes.
        var needsSchema: Bool {
            guard kind == .finish else { return false }
            let known = Set(from.parts)
            return to.parts.contains { $0.kind != .check && !known.contains($0) } || changesDefaults
        }

        var changesDefaults: Bool { to.columns.contains { from.column($0.number)?.expression != $0.expression } }
    }

    struct Rewritten: Equatable {
        let table: QualifiedName
        let then: TableShape
        let now: TableShape
        /// The stream has brought the TRUNCATE that gave the table its file.
        let isEmptied: Bool
    }

    /// Tables that have other names; all else about them comes with the next round.
    private(set) var moves: [TableRenames.Move] = []
    private(set) var copies: [Copy] = []
    private(set) var steps: [Step] = []
    private var rewritten: [Rewritten] = []
    /// Shapes that are new to the job, or differ in nothing that the shadow has.
    private(set) var remembered: [(table: QualifiedName, shape: TableShape)] = []
    /// A change is to be finished once the stream has passed it.
    private(set) var waits = false
    /// Tables that have changed again before that.
    private(set) var held: Set<OID> = []
    private let policy: SchemaChangePolicy

    /// - Parameters:
    ///   - now: the catalog's, by OID: of the tables that are known, and of those that have their names.
    ///   - mismatches: tables that the stream describes in a way that fits neither what they were nor what they become.
    ///   - applied: the job's position.
    ///   - block: where the stream waits.
    init(
        _ known: [RememberedShape], _ now: [OID: TableShape], names: [QualifiedName: OID], mismatches: Set<OID>,
        applied: LSN, block: SchemaRequests.Block?, policy: SchemaChangePolicy = .follow
    ) {
        self.policy = policy
        moves = TableRenames(known, names: now.mapValues(\.name)).moves
        let moved = Set(moves.map(\.from))
        for table in known where !moved.contains(table.table) {
            add(table, now, names[table.table], mismatches, applied, block)
        }
    }

    /// The first change of the source's schema, where there is one: the table, and what has changed.
    var change: (table: QualifiedName, description: String)? {
        if let copy = copies.first { return (copy.table, copy.change) }
        if let move = moves.first { return (move.from, "is called \(move.to)") }
        return nil
    }

    var isEmpty: Bool { moves.isEmpty && copies.isEmpty && steps.isEmpty && remembered.isEmpty }

    private mutating func add(
        _ known: RememberedShape, _ now: [OID: TableShape], _ namesake: OID?, _ mismatches: Set<OID>, _ applied: LSN,
        _ block: SchemaRequests.Block?
    ) {
        guard let latest = known.latest else {
            if let shape = namesake.flatMap({ now[$0] }) { remembered.append((known.table, shape)) }
            return
        }
        if let namesake, namesake != latest.id {
            copies.append(Copy(table: known.table, change: "another table has its name"))
            return
        }
        // Dropped: the publication's thread sees that.
        guard let present = now[latest.id], present.name == known.table else { return }
        if mismatches.contains(latest.id) {
            copies.append(Copy(table: known.table, change: "it was changed more than once in a short time"))
            return
        }
        let change = ShapeChange(from: latest, to: present)
        if let next = known.next, let from = known.shape {
            // A description that is not confirmed is of a later shape, and all before it is there.
            let isBlocked = block?.table == latest.id
            if applied >= next.position || isBlocked && block?.isClean == true {
                steps.append(
                    Step(
                        kind: .finish, table: known.table, from: from, to: next.shape,
                        change: ShapeChange(from: from, to: next.shape).description))
            } else if isBlocked, change.verdict != .none {
                copies.append(Copy(table: known.table, change: "it was changed more than once in a short time"))
                return
            }
            waits = true
            if change.verdict != .none { held.insert(latest.id) }
            return
        }
        switch change.verdict {
        case .none: break
        case .rewritten:
            rewritten.append(
                Rewritten(
                    table: known.table, then: latest, now: present,
                    isEmptied: known.emptiedBy?.value == present.definedBy
                        && !present.columns.contains { $0.definedBy == present.definedBy }))
        case .follow: follow(known.table, latest, present, change)
        case .copyAgain(let reason): copies.append(Copy(table: known.table, change: reason))
        }
    }

    private mutating func follow(
        _ table: QualifiedName, _ from: TableShape, _ to: TableShape, _ change: ShapeChange
    ) {
        guard policy == .follow else {
            copies.append(Copy(table: table, change: change.description))
            return
        }
        waits = true
        steps.append(Step(kind: .loosening, table: table, from: from, to: to, change: change.description))
    }

    // MARK: Rewritten tables

    mutating func takeRewritten() -> [Rewritten] {
        defer { rewritten = [] }
        return rewritten
    }

    /// The rows are known to hold what they held.
    mutating func keepRows(_ item: Rewritten) {
        var then = item.then
        then.fileNode = item.now.fileNode
        let change = ShapeChange(from: then, to: item.now)
        if change.verdict == .none {
            remembered.append((item.table, item.now))
        } else {
            follow(item.table, then, item.now, change)
        }
    }

    mutating func copyAgain(_ item: Rewritten, _ change: String) {
        copies.append(Copy(table: item.table, change: change))
    }
}
