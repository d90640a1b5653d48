internal import Catalog
internal import Postgres

/// How the shadow's sequences become as the source's: by decisions alone.
///
/// A sequence of the source is, in the shadow,
///
/// 1. the one of the same name that a table uses in the same way, else
/// 2. one that a table uses in the same way and that is not found otherwise: it was renamed or moved on the source. Of several
///    of the same use, the first is the first, else
/// 3. the one of the same name, else
/// 4. there is none: it is created, unless it is an identity column's, which goes with its column.
struct SequencePlan {
    /// The steps for one sequence of the source.
    struct Step: Hashable {
        let state: SequenceState
        /// In order; what one throws, the others of this step are not run after.
        var statements: [String] = []
        /// The shadow has no such sequence, and none can be made.
        var isMissing = false
    }

    /// Names that are in each other's way are given up first.
    private(set) var makeWay: [String] = []
    private(set) var steps: [Step] = []

    /// - Parameters:
    ///   - shadow: those that the same tables use there, and those that have a name of the source's.
    ///   - creates: sequences that the shadow lacks are to be made.
    init(_ source: [SequenceState], shadow: [SequenceDefinition], creates: Bool) {
        let counterparts = Self.counterparts(source.map(\.definition), shadow)
        // Renamed ones whose old name another is to get.
        var present: [QualifiedName: QualifiedName] = [:]
        let wanted = Set(source.map(\.name))
        for (sequence, counterpart) in counterparts.sorted(by: { $0.key < $1.key })
        where counterpart.name != sequence && wanted.contains(counterpart.name) {
            let name = QualifiedName(schema: counterpart.name.schema, name: "scry_backfill_\(makeWay.count + 1)")
            makeWay.append("ALTER SEQUENCE \(counterpart.name.quoted) RENAME TO \(quoteIdentifier(name.name))")
            present[sequence] = name
        }
        for state in source {
            var step = Step(state: state)
            if let counterpart = counterparts[state.name] {
                step.statements = Self.renaming(present[state.name] ?? counterpart.name, to: state.name)
                if !state.definition.isDefinedAs(counterpart) {
                    step.statements.append(
                        "ALTER SEQUENCE \(state.name.quoted) \(Self.options(state.definition, restart: state.lastValue))"
                    )
                }
            } else if creates, !state.definition.uses.keys.contains(where: { $0.kind == .identity }) {
                step.statements = [
                    "CREATE SEQUENCE \(state.name.quoted) \(Self.options(state.definition, restart: nil))"
                ]
                if let owner = state.definition.uses.keys.first(where: { $0.kind == .owned }) {
                    step.statements.append(
                        "ALTER SEQUENCE \(state.name.quoted) OWNED BY \(owner.table.quoted).\(quoteIdentifier(owner.column))"
                    )
                }
            } else {
                step.isMissing = true
            }
            steps.append(step)
        }
    }

    /// By the source's name.
    private static func counterparts(
        _ source: [SequenceDefinition], _ shadow: [SequenceDefinition]
    ) -> [QualifiedName: SequenceDefinition] {
        let named = Dictionary(shadow.map { ($0.name, $0) }) { first, _ in first }
        var found: [QualifiedName: SequenceDefinition] = [:]
        var taken: Set<QualifiedName> = []
        func match(_ sequence: SequenceDefinition, _ counterpart: SequenceDefinition) {
            found[sequence.name] = counterpart
            taken.insert(counterpart.name)
        }
        for sequence in source {
            guard let same = named[sequence.name],
                !Set(same.uses.keys).isDisjoint(with: sequence.uses.keys)
            else { continue }
            match(sequence, same)
        }
        for kind in SequenceDefinition.Use.Kind.allCases {
            let uses = Set(source.flatMap(\.uses.keys)).filter { $0.kind == kind }
            for use in uses.sorted(by: { ($0.table, $0.column) < ($1.table, $1.column) }) {
                func left(_ all: [SequenceDefinition], _ isFound: (SequenceDefinition) -> Bool) -> [SequenceDefinition]
                {
                    all.filter { $0.uses[use] != nil && !isFound($0) }.sorted { $0.uses[use] ?? 0 < $1.uses[use] ?? 0 }
                }
                let pairs = zip(
                    left(source) { found[$0.name] != nil }, left(shadow) { taken.contains($0.name) })
                for (sequence, counterpart) in pairs { match(sequence, counterpart) }
            }
        }
        for sequence in source where found[sequence.name] == nil {
            if let same = named[sequence.name], !taken.contains(same.name) { match(sequence, same) }
        }
        return found
    }

    /// Both names may change at once.
    private static func renaming(_ old: QualifiedName, to new: QualifiedName) -> [String] {
        var statements: [String] = []
        if old.name != new.name {
            statements.append("ALTER SEQUENCE \(old.quoted) RENAME TO \(quoteIdentifier(new.name))")
        }
        if old.schema != new.schema {
            let moved = QualifiedName(schema: old.schema, name: new.name)
            statements.append("ALTER SEQUENCE \(moved.quoted) SET SCHEMA \(quoteIdentifier(new.schema))")
        }
        return statements
    }

    /// In one statement, as bounds, start and present value must fit each other.
    private static func options(_ sequence: SequenceDefinition, restart: Int?) -> String {
        "AS \(sequence.type) INCREMENT BY \(sequence.increment) MINVALUE \(sequence.minimum) "
            + "MAXVALUE \(sequence.maximum) START WITH \(sequence.start)\(restart.map { " RESTART WITH \($0)" } ?? "") "
            + "CACHE \(sequence.cache) \(sequence.cycles ? "CYCLE" : "NO CYCLE")"
    }
}
