/// Something that the schema of the shadow has otherwise than the source's.
public struct SchemaDifference: Hashable, Sendable {
    public enum Change: Hashable, Sendable {
        /// The shadow lacks the object.
        case missing
        /// Only the shadow has it.
        case extra
        /// Both have it; a fact of this name differs.
        case differs(String)
    }

    public let identity: CatalogObject.Identity
    public let change: Change
    /// The values; nil where that side has none.
    public let source: String?
    public let shadow: String?
    /// The table that it is a part of, or the object itself.
    public let root: CatalogObject.Identity
    public let isForeignKey: Bool
    /// The parts of the tables above that this part of a partition comes from.
    public let origins: [CatalogObject.Identity]
    /// A missing object's parts, which are not named by themselves: a key's index, a table's columns.
    public let parts: [CatalogObject.Identity]

    /// A column's name, with its table as `pg_identify_object` writes it.
    public struct ColumnName: Hashable, Sendable {
        public let table: String
        public let name: String

        public init(table: String, name: String) {
            self.table = table
            self.name = name
        }
    }
}

/// Compares two sides' schemas. Pure: values in, differences out.
///
/// Of an object that one side lacks there is one difference, whatever facts and parts it has. Views are compared by their
/// presence and columns, as a server writes a query in words of its own version.
public struct SchemaComparison {
    private let source: CatalogSchema
    private let shadow: CatalogSchema

    /// By the table, then by the object; ordered so that the same two schemas yield the same list.
    public static func differences(source: CatalogSchema, shadow: CatalogSchema) -> [SchemaDifference] {
        SchemaComparison(source: source, shadow: shadow).differences()
    }

    private func differences() -> [SchemaDifference] {
        var found = absent(from: shadow, in: source, .missing) + absent(from: source, in: shadow, .extra)
        var columns: [CatalogObject.Identity: [(source: CatalogObject, shadow: CatalogObject)]] = [:]
        for (identity, object) in source.objects {
            guard let other = shadow.objects[identity] else { continue }
            for fact in Set(object.facts.keys).union(other.facts.keys)
            where !isSame(fact, of: identity, object.facts[fact], other.facts[fact]) {
                found.append(difference(object, in: source, .differs(fact), object.facts[fact], other.facts[fact]))
            }
            if object.column != nil, let parent = object.parent { columns[parent, default: []].append((object, other)) }
        }
        for (parent, columns) in columns {
            guard let table = source.objects[parent] else { continue }
            let (here, there) = (Self.order(columns.map(\.source)), Self.order(columns.map(\.shadow)))
            if here != there {
                found.append(
                    difference(
                        table, in: source, .differs("column order"), here.joined(separator: ", "),
                        there.joined(separator: ", ")))
            }
        }
        return found.sorted { left, right in
            (left.root.name, left.identity, left.what) < (right.root.name, right.identity, right.what)
        }
    }

    /// The names in the order of the columns. Numbers differ where one side has dropped a column.
    private static func order(_ columns: [CatalogObject]) -> [String] {
        columns.compactMap(\.column).sorted { $0.number < $1.number }.map(\.name)
    }

    /// The objects that one side has and the other lacks; of a table or a key that is gone, not its parts.
    private func absent(
        from lacking: CatalogSchema, in having: CatalogSchema, _ change: SchemaDifference.Change
    ) -> [SchemaDifference] {
        var heads: [CatalogObject] = []
        var parts: [CatalogObject.Identity: [CatalogObject.Identity]] = [:]
        for (identity, object) in having.objects where lacking.objects[identity] == nil {
            let absent = having.ancestors(of: object).filter { having.objects[$0] != nil && lacking.objects[$0] == nil }
            if let head = absent.last { parts[head, default: []].append(identity) } else { heads.append(object) }
        }
        return heads.map { object in
            let value = object.facts["definition"] ?? object.facts["type"]
            return difference(
                object, in: having, change, change == .missing ? value : nil, change == .extra ? value : nil,
                parts: parts[object.identity] ?? [])
        }
    }

    private func difference(
        _ object: CatalogObject, in schema: CatalogSchema, _ change: SchemaDifference.Change, _ source: String?,
        _ shadow: String?, parts: [CatalogObject.Identity] = []
    ) -> SchemaDifference {
        SchemaDifference(
            identity: object.identity, change: change, source: source, shadow: shadow,
            root: schema.ancestors(of: object).last ?? object.identity, isForeignKey: object.isForeignKey,
            origins: schema.origins(of: object), parts: parts.sorted())
    }

    private func isSame(
        _ fact: String, of identity: CatalogObject.Identity, _ here: String?, _ there: String?
    ) -> Bool {
        if here == there { return true }
        guard let here, let there else { return false }
        return ServerWording.isSame(
            fact, of: identity.type, source: (here, source.majorVersion), shadow: (there, shadow.majorVersion))
    }
}

extension SchemaDifference {
    /// `missing`, `only in the shadow`, or the name of the fact that differs.
    public var what: String {
        switch change {
        case .missing: "missing"
        case .extra: "only in the shadow"
        case .differs(let fact): fact
        }
    }
}
