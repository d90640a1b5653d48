/// An object of a database, in words that mean the same on every server, with what is to be compared of it.
public struct CatalogObject: Hashable, Sendable {
    /// The object in the words of `pg_identify_object`: `index`, `app.orders_made`.
    ///
    /// A server quotes what is a keyword in its version (`json` in 17): the quotes that a name needs for nothing else do not
    /// count when two are compared. The rest does byte by byte: to Swift an é in one character equals one in two.
    public struct Identity: Hashable, Sendable, Comparable {
        public let type: String
        public let name: String
        private let key: String

        public init(_ type: String, _ name: String) {
            self.type = type
            self.name = name
            key = ExpressionText.withoutKeywordQuotes(name)
        }

        public static func == (left: Identity, right: Identity) -> Bool {
            left.type == right.type && left.key.utf8.elementsEqual(right.key.utf8)
        }

        public func hash(into hasher: inout Hasher) {
            hasher.combine(type)
            for byte in key.utf8 { hasher.combine(byte) }
        }

        public static func < (left: Identity, right: Identity) -> Bool {
            (left.type, left.key) < (right.type, right.key)
        }
    }

    public let identity: Identity
    /// The object that it belongs to: a column's table, the constraint of a key's index, the column that owns a
    /// sequence.
    public let parent: Identity?
    /// The part of a partitioned table, or of one that others inherit from, that this part of a partition comes from.
    public let above: Identity?
    public let isForeignKey: Bool
    /// The table that a foreign key points to.
    public let target: String?
    /// A column's name and number; nil for other objects.
    public let column: ColumnPlace?
    /// By its name, the value of each fact that it has.
    public var facts: [String: String]

    /// Where a column stands among its table's.
    public struct ColumnPlace: Hashable, Sendable {
        public let name: String
        public let number: Int

        public init(name: String, number: Int) {
            self.name = name
            self.number = number
        }
    }

    public init(
        _ identity: Identity, parent: Identity? = nil, above: Identity? = nil, isForeignKey: Bool = false,
        target: String? = nil, column: ColumnPlace? = nil, facts: [String: String] = [:]
    ) {
        self.identity = identity
        self.parent = parent
        self.above = above
        self.isForeignKey = isForeignKey
        self.target = target
        self.column = column
        self.facts = facts
    }
}

/// The objects of one side, as its server, of this major version, writes them.
public struct CatalogSchema: Sendable {
    public let majorVersion: Int
    public private(set) var objects: [CatalogObject.Identity: CatalogObject]

    public init(majorVersion: Int, _ objects: [CatalogObject]) {
        self.majorVersion = majorVersion
        self.objects = Dictionary(objects.map { ($0.identity, $0) }) { first, _ in first }
    }

    /// Without the foreign keys to tables that are not among these, unless the other side has them too: a job leaves out
    /// those to tables that it does not follow.
    public func withoutForeignKeys(toOthersThan tables: Set<String>, unlessIn other: CatalogSchema) -> CatalogSchema {
        var schema = self
        schema.objects = objects.filter { identity, object in
            guard object.isForeignKey, let target = object.target else { return true }
            return tables.contains(target) || other.objects[identity] != nil
        }
        return schema
    }

    /// Of columns, those of the topmost tables that they come from; a column that comes from no other is its own.
    public func origins(ofColumns names: Set<SchemaDifference.ColumnName>) -> Set<CatalogObject.Identity> {
        Set(
            objects.values.compactMap { object in
                guard let column = object.column, let table = object.parent,
                    names.contains(SchemaDifference.ColumnName(table: table.name, name: column.name))
                else { return nil }
                return origins(of: object).last ?? object.identity
            })
    }

    /// The objects that this one goes with, the nearest first.
    func ancestors(of object: CatalogObject) -> [CatalogObject.Identity] { chain(from: object) { $0.parent } }

    /// The parts of the tables above that this part of a partition comes from, the nearest first.
    func origins(of object: CatalogObject) -> [CatalogObject.Identity] { chain(from: object) { $0.above } }

    private func chain(
        from object: CatalogObject, _ next: (CatalogObject) -> CatalogObject.Identity?
    ) -> [CatalogObject.Identity] {
        var chain: [CatalogObject.Identity] = []
        var current = next(object)
        while let identity = current, !chain.contains(identity) {
            chain.append(identity)
            current = objects[identity].flatMap(next)
        }
        return chain
    }
}
