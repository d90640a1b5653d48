internal import Catalog
internal import Libpq
public import Postgres
internal import Scripts

/// Something that the followed tables need in the shadow, or that belongs to them there.
public struct SchemaObject: Hashable, Sendable {
    public let classID: OID
    public let objectID: OID
    /// What it is and which, in words that mean the same on every server (`pg_identify_object`).
    public let identity: Identity
    /// A relation's name and kind; nil for other objects.
    public let relation: QualifiedName?
    public let kind: String?
    public let isFollowed: Bool
    public let isForeignKey: Bool

    public struct Identity: Hashable, Sendable {
        public let type: String
        public let name: String

        public init(type: String, name: String) {
            self.type = type
            self.name = name
        }
    }
}

extension SourceSession {
    /// All objects that the tables need to be created elsewhere, and their parts.
    public func schemaObjects(of tables: [OID]) throws(PostgresError) -> [SchemaObject] {
        var objects: [SchemaObject] = []
        for row in try connection.query(.publisherSchemaObjects, [Self.array(tables)]).rows {
            let relation: QualifiedName? =
                if let name = try row.optionalString("name"), let schema = try row.optionalString("schema") {
                    QualifiedName(schema: schema, name: name)
                } else {
                    nil
                }
            objects.append(
                SchemaObject(
                    classID: try row.oid("classid"), objectID: try row.oid("objid"),
                    identity: SchemaObject.Identity(type: try row.string("type"), name: try row.string("identity")),
                    relation: relation, kind: try row.optionalString("kind"), isFollowed: try row.bool("followed"),
                    isForeignKey: try row.bool("is_foreign_key")))
        }
        return objects
    }

    /// What pg_dump would lock, by whether it is one of the relations.
    func dumpedTables(wanted: [OID]) throws(PostgresError) -> [(name: QualifiedName, isWanted: Bool)] {
        var tables: [(name: QualifiedName, isWanted: Bool)] = []
        for row in try connection.query(.publisherTableNames, [Self.array(wanted)]).rows {
            tables.append(
                (QualifiedName(schema: try row.string("schema"), name: try row.string("name")), try row.bool("wanted")))
        }
        return tables
    }

    private static func array(_ oids: [OID]) -> String { "{" + oids.map(\.description).joined(separator: ",") + "}" }
}
