public import Catalog
internal import Libpq
public import Postgres
internal import Scripts

/// Something that the followed tables need in the shadow, or that belongs to them there.
public struct SchemaObject: Hashable, Sendable {
    public let classID: OID
    public let objectID: OID
    /// Its type and name, in words that mean the same on every server (`pg_identify_object`).
    public let identity: CatalogObject.Identity
    /// A relation's name and kind; nil for other objects.
    public let relation: QualifiedName?
    public let kind: String?
    public let isFollowed: Bool
    public let foreignKey: ForeignKey?
    /// The table that it is a part of: a constraint, an index, a trigger.
    public let owner: QualifiedName?

    init(
        classID: OID, objectID: OID, identity: CatalogObject.Identity, relation: QualifiedName? = nil,
        kind: String? = nil,
        isFollowed: Bool = false, foreignKey: ForeignKey? = nil, owner: QualifiedName? = nil
    ) {
        self.classID = classID
        self.objectID = objectID
        self.identity = identity
        self.relation = relation
        self.kind = kind
        self.isFollowed = isFollowed
        self.foreignKey = foreignKey
        self.owner = owner
    }

    /// The followed table that it is, or is a part of.
    var table: QualifiedName? { relation.flatMap { ["r", "p"].contains(kind) ? $0 : nil } ?? owner }

    public struct ForeignKey: Hashable, Sendable {
        public let name: String
        /// Adds it; NOT VALID may follow.
        public let statement: String

        public init(name: String, statement: String) {
            self.name = name
            self.statement = statement
        }
    }
}

extension Source {
    /// All objects that the tables need to be created elsewhere, and their parts.
    public func schemaObjects(of tables: [OID]) throws(PostgresError) -> [SchemaObject] {
        var objects: [SchemaObject] = []
        for row in try read(.catalogSchemaObjects, [Self.array(tables)]).rows {
            objects.append(
                SchemaObject(
                    classID: try row.oid("classid"), objectID: try row.oid("objid"),
                    identity: CatalogObject.Identity(try row.string("type"), try row.string("identity")),
                    relation: try Self.name(row, "schema", "name"), kind: try row.optionalString("kind"),
                    isFollowed: try row.bool("followed"), foreignKey: try Self.foreignKey(row),
                    owner: try Self.name(row, "owner_schema", "owner_name")))
        }
        return objects
    }

    /// The tables that pg_dump would lock, by whether each is one of the relations.
    func dumpedTables(wanted: [OID]) throws(PostgresError) -> [(name: QualifiedName, isWanted: Bool)] {
        var tables: [(name: QualifiedName, isWanted: Bool)] = []
        for row in try connection.query(.publisherTableNames, [Self.array(wanted)]).rows {
            tables.append(
                (try row.qualifiedName(), try row.bool("wanted")))
        }
        return tables
    }

    private static func name(_ row: Row, _ schema: String, _ name: String) throws(PostgresError) -> QualifiedName? {
        guard let schema = try row.optionalString(schema), let name = try row.optionalString(name) else { return nil }
        return QualifiedName(schema: schema, name: name)
    }

    private static func foreignKey(_ row: Row) throws(PostgresError) -> SchemaObject.ForeignKey? {
        guard let name = try row.optionalString("foreign_key") else { return nil }
        return SchemaObject.ForeignKey(name: name, statement: try row.string("definition"))
    }

    private static func array(_ oids: [OID]) -> String { "{" + oids.map(\.description).joined(separator: ",") + "}" }
}
