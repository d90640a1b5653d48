public import Catalog
public import Postgres

/// The statements that bring a table of the shadow from one shape of the source's table to another. Pure. Columns are followed by
/// their number on the source; columns, indexes and constraints that only the shadow has stay as they are.
///
/// While the stream has rows of both shapes (the catalog is ahead of it) the table takes both: `loosening` is all that
/// makes room, done at once; `finish` is the rest, done when the stream has passed the change.
///
///     loosening    what the source dropped that refuses rows: NOT NULL, constraints, indexes; new columns, with the value that
///                  older rows have; types that became wider
///     finish       columns dropped and renamed; defaults, NOT NULL, identity
///     rebuilding   both, on a table that was emptied, whatever the change
public struct TableAlteration: Hashable, Sendable {
    public enum Step: Sendable { case loosening, finish, rebuilding }

    /// Each is one statement.
    public private(set) var statements: [String] = []

    private let step: Step
    private let target: QualifiedName
    private let shadow: TableShape
    private let from: TableShape?
    private let to: TableShape
    /// By a column's number in `to`: its present counterpart in the shadow.
    private var counterparts: [Int: TableShape.Column] = [:]

    /// - Parameters:
    ///   - shadow: the shadow's table as it is; its numbers mean nothing on the source.
    ///   - target: where its columns are changed: itself or, for a partition, the table at the top.
    ///   - from: the source's table as the shadow's was built from it; nil where that is not known, so that columns are
    ///     matched by their names alone.
    public init(
        _ step: Step, of shadow: TableShape, at target: QualifiedName? = nil, from: TableShape?, to: TableShape
    ) {
        self.step = step
        self.target = target ?? shadow.name
        self.shadow = shadow
        self.from = from
        self.to = to
        match()
        if step != .finish {
            dropParts()
            if step == .rebuilding { dropColumns() }
            addColumns()
            retype()
            allowNulls()
        }
        if step != .loosening {
            if step == .finish { dropColumns() }
            rename()
            setDefaults()
            requireValues()
            addChecks()
            setIdentity()
        }
    }

    private func named(_ name: String) -> TableShape.Column? {
        shadow.columns.first { $0.name.utf8.elementsEqual(name.utf8) }
    }

    private mutating func match() {
        var taken: Set<Int> = []
        for column in to.columns {
            guard let old = from?.column(column.number), let match = named(old.name) else { continue }
            counterparts[column.number] = match
            taken.insert(match.number)
        }
        // A name that belongs to another column of the source is not this one's.
        let others = Set(dropped.map(\.number))
        for column in to.columns where counterparts[column.number] == nil {
            guard let match = named(column.name), !taken.contains(match.number), !others.contains(match.number)
            else { continue }
            counterparts[column.number] = match
        }
    }

    /// The shadow's columns that the source has no more.
    private var dropped: [TableShape.Column] {
        guard let from else { return [] }
        return from.columns.filter { to.column($0.number) == nil }.compactMap { named($0.name) }
    }

    // MARK: The steps

    private mutating func dropParts() {
        guard let from else { return }
        let present = Set(to.parts)
        for part in from.parts where !present.contains(part) {
            let name = quoteIdentifier(part.name)
            switch part.kind {
            case .constraint, .check: alter("DROP CONSTRAINT IF EXISTS \(name)")
            case .index: statements.append("DROP INDEX IF EXISTS \(quoteIdentifier(shadow.schema)).\(name)")
            }
        }
    }

    private mutating func dropColumns() {
        var gone = dropped
        if step == .rebuilding { gone += to.columns.filter(isMadeAnew).compactMap { counterparts[$0.number] } }
        // A generated column goes before those that it is computed from.
        gone.sort { $0.generated != .no && $1.generated == .no }
        for column in gone { alter("DROP COLUMN IF EXISTS \(quoteIdentifier(column.name))") }
    }

    /// Whether the column is computed, and by another expression or in another way than before.
    private func isMadeAnew(_ column: TableShape.Column) -> Bool {
        guard let match = counterparts[column.number] else { return false }
        if match.generated == .no && column.generated == .no { return false }
        if match.generated != .no && column.generated == .no { return false }
        return match.generated != column.generated
            || from?.column(column.number)?.expressionDigest != column.expressionDigest
    }

    private func isNew(_ column: TableShape.Column) -> Bool {
        counterparts[column.number] == nil || step == .rebuilding && isMadeAnew(column)
    }

    private mutating func addColumns() {
        for column in to.columns where isNew(column) {
            var words = "ADD COLUMN \(quoteIdentifier(column.name)) \(column.type)"
            if let collation = column.collation { words += " COLLATE \(collation)" }
            switch column.generated {
            case .stored: words += " GENERATED ALWAYS AS (\(column.expression ?? "NULL")) STORED"
            case .virtual: words += " GENERATED ALWAYS AS (\(column.expression ?? "NULL")) VIRTUAL"
            case .no:
                // The server takes it for all rows that are there, and the stream's rows without the column.
                if step == .loosening, case .value(let text) = column.missing {
                    words += " DEFAULT \(quoteLiteral(text))::\(column.type)"
                }
            }
            alter(words)
        }
    }

    private mutating func retype() {
        for column in to.columns where !isNew(column) {
            guard let match = counterparts[column.number],
                match.type != column.type || match.collation != column.collation
            else { continue }
            // What only the shadow has changed stays.
            if let old = from?.column(column.number), old.type == column.type, old.collation == column.collation {
                continue
            }
            let name = quoteIdentifier(match.name)
            if match.expression != nil, match.generated == .no { alter("ALTER COLUMN \(name) DROP DEFAULT") }
            var words = "ALTER COLUMN \(name) TYPE \(column.type)"
            if let collation = column.collation { words += " COLLATE \(collation)" }
            if step == .rebuilding, match.generated == .no { words += " USING NULL::\(column.type)" }
            alter(words)
        }
    }

    private mutating func allowNulls() {
        var names = dropped
        if step == .rebuilding { names = [] }
        names += to.columns.filter { !$0.isNotNull && from?.column($0.number)?.isNotNull == true }
            .compactMap { isNew($0) ? nil : counterparts[$0.number] }
        for column in names where column.isNotNull && column.identity == .no {
            alter("ALTER COLUMN \(quoteIdentifier(column.name)) DROP NOT NULL")
        }
    }

    private mutating func rename() {
        var moves: [(from: String, to: String)] = []
        for column in to.columns where !isNew(column) {
            guard let match = counterparts[column.number], !match.name.utf8.elementsEqual(column.name.utf8)
            else { continue }
            moves.append((match.name, column.name))
        }
        // A name may be free only once another column has given it up.
        var occupied = Set(shadow.columns.map(\.name))
        while !moves.isEmpty {
            if let free = moves.firstIndex(where: { !occupied.contains($0.to) }) {
                let move = moves.remove(at: free)
                rename(move.from, move.to, &occupied)
            } else {
                let aside = (1...).lazy.map { "scry_\($0)" }.first { !occupied.contains($0) } ?? "scry_"
                rename(moves[0].from, aside, &occupied)
                moves[0].from = aside
            }
        }
    }

    private mutating func rename(_ old: String, _ new: String, _ occupied: inout Set<String>) {
        alter("RENAME COLUMN \(quoteIdentifier(old)) TO \(quoteIdentifier(new))")
        occupied.remove(old)
        occupied.insert(new)
    }

    private mutating func setDefaults() {
        for column in to.columns where column.generated == .no {
            let name = quoteIdentifier(column.name)
            let match = isNew(column) && step == .rebuilding ? nil : counterparts[column.number]
            let old = from?.column(column.number)
            if let match, match.generated == .stored { alter("ALTER COLUMN \(name) DROP EXPRESSION IF EXISTS") }
            if column.identity != .no {
                if match?.identity ?? .no == .no {
                    if match?.expression != nil { alter("ALTER COLUMN \(name) DROP DEFAULT") }
                    if match?.isNotNull != true { alter("ALTER COLUMN \(name) SET NOT NULL") }
                    // By default while following: the source's values are written.
                    alter("ALTER COLUMN \(name) ADD GENERATED BY DEFAULT AS IDENTITY")
                }
                continue
            }
            if match?.identity ?? .no != .no { alter("ALTER COLUMN \(name) DROP IDENTITY IF EXISTS") }
            let isChanged = old == nil || old?.expressionDigest != column.expressionDigest || old?.generated != .no
            let isGone = match?.type != column.type && step == .rebuilding
            guard isChanged || isGone else { continue }
            if let expression = column.expression {
                alter("ALTER COLUMN \(name) SET DEFAULT \(expression)")
            } else if match?.expression != nil && match?.generated == .no {
                alter("ALTER COLUMN \(name) DROP DEFAULT")
            }
        }
    }

    private mutating func requireValues() {
        for column in to.columns where column.isNotNull && column.identity == .no {
            let match = isNew(column) && step == .rebuilding ? nil : counterparts[column.number]
            // What only the shadow has changed stays.
            let was = from.map { $0.column(column.number)?.isNotNull ?? false } ?? (match != nil)
            if match?.isNotNull == true || was { continue }
            alter("ALTER COLUMN \(quoteIdentifier(column.name)) SET NOT NULL")
        }
    }

    /// Keys, indexes and foreign keys are made by the schema's copy; a CHECK belongs to its table.
    private mutating func addChecks() {
        let known = Set((from ?? shadow).parts).union(shadow.parts)
        for part in to.parts where part.kind == .check && !known.contains(part) {
            alter("ADD CONSTRAINT \(quoteIdentifier(part.name)) \(part.definition)")
        }
    }

    /// Facts about the table itself, at the end: an index that they name may have come last.
    private mutating func setIdentity() {
        guard let from else { return }
        if from.replicaIdentity != to.replicaIdentity {
            let identity =
                switch to.replicaIdentity {
                case .default: "DEFAULT"
                case .full: "FULL"
                case .nothing: "NOTHING"
                case .index(let name): "USING INDEX \(quoteIdentifier(name))"
                }
            statements.append("ALTER TABLE ONLY \(shadow.name.quoted) REPLICA IDENTITY \(identity)")
        }
        if from.clusteredOn != to.clusteredOn {
            let name = shadow.name.quoted
            statements.append(
                to.clusteredOn.map { "ALTER TABLE \(name) CLUSTER ON \(quoteIdentifier($0))" }
                    ?? "ALTER TABLE \(name) SET WITHOUT CLUSTER")
        }
    }

    private mutating func alter(_ action: String) {
        statements.append("ALTER TABLE \(target.quoted) \(action)")
    }
}
