internal import Libpq
public import Postgres
internal import Scripts

/// A sequence by its definition, and by the tables that use it.
public struct SequenceDefinition: Hashable, Sendable {
    /// How a table uses a sequence. A sequence that was renamed is found by it.
    public struct Use: Hashable, Sendable {
        public enum Kind: String, Hashable, Sendable, CaseIterable {
            /// Of an identity column.
            case identity
            /// OWNED BY a column.
            case owned
            /// Called by a column's default.
            case `default`
        }

        public let table: QualifiedName
        public let column: String
        public let kind: Kind

        public init(table: QualifiedName, column: String, kind: Kind) {
            self.table = table
            self.column = column
            self.kind = kind
        }
    }

    public var name: QualifiedName
    /// `smallint`, `integer`, `bigint`.
    public var type: String
    public var start: Int
    public var increment: Int
    public var minimum: Int
    public var maximum: Int
    public var cache: Int
    public var cycles: Bool
    /// By the use, where it stands among the sequences of the same use.
    public var uses: [Use: Int]

    public init(
        name: QualifiedName, type: String = "bigint", start: Int = 1, increment: Int = 1, minimum: Int = 1,
        maximum: Int = .max, cache: Int = 1, cycles: Bool = false, uses: [Use: Int] = [:]
    ) {
        self.name = name
        self.type = type
        self.start = start
        self.increment = increment
        self.minimum = minimum
        self.maximum = maximum
        self.cache = cache
        self.cycles = cycles
        self.uses = uses
    }

    /// Hands out the same values, whatever its name.
    public func isDefinedAs(_ other: SequenceDefinition) -> Bool {
        var alike = other
        alike.name = name
        alike.uses = uses
        return alike == self
    }
}

/// A sequence, and where it stands.
public struct SequenceState: Hashable, Sendable {
    public let definition: SequenceDefinition
    public let lastValue: Int
    /// False where `lastValue` itself is the next to be handed out.
    public let isCalled: Bool

    public var name: QualifiedName { definition.name }

    public init(_ definition: SequenceDefinition, lastValue: Int, isCalled: Bool) {
        self.definition = definition
        self.lastValue = lastValue
        self.isCalled = isCalled
    }
}

extension CatalogReader {
    /// The sequences that tables use, each once, ordered by name; and those that are named themselves.
    ///
    /// The search path must be empty, so that defaults are read with whole names.
    public func sequences(
        usedBy tables: some Collection<QualifiedName>, orNamed names: [QualifiedName] = []
    ) throws(PostgresError) -> [SequenceDefinition] {
        var sequences: [SequenceDefinition] = []
        for row in try read(.catalogSequences, tables.arrays + names.arrays).rows {
            let name = try row.qualifiedName()
            if sequences.last?.name != name {
                sequences.append(
                    SequenceDefinition(
                        name: name, type: try row.string("type"), start: try row.int("start"),
                        increment: try row.int("increment"), minimum: try row.int("minimum"),
                        maximum: try row.int("maximum"), cache: try row.int("cache"), cycles: try row.bool("cycles")))
            }
            guard try row.optionalString("use") != nil else { continue }
            let use = SequenceDefinition.Use(
                table: try row.qualifiedName("table"),
                column: try row.string("column_name"), kind: try row.letter("use"))
            sequences[sequences.count - 1].uses[use] = try row.int("place")
        }
        return sequences
    }
}
