internal import Catalog
internal import Libpq
public import Postgres
internal import Scripts

/// A column of a table of the shadow, as the apply needs it.
public struct ShadowColumn: Hashable, Sendable {
    public let name: String
    /// The type's name and where it lives; system types are in pg_catalog.
    public let type: QualifiedName
    /// Computed by the shadow itself.
    public let isGenerated: Bool
    public let isIdentity: Bool
    public let isInPrimaryKey: Bool
    /// The operator by which equal keys are found, quoted and qualified.
    public let equality: String

    /// Types whose `=` separates all values of different text, nulls aside. For others (numeric's 1.0 and 1.00, float's
    /// −0 and 0, bpchar's "x" and "x ", json, xml, point) only the text does.
    var equalityIsExact: Bool {
        guard type.schema == "pg_catalog" else { return false }
        return [
            "bool", "bytea", "date", "inet", "int2", "int4", "int8", "oid", "time", "timestamp",
            "timestamptz",
            "uuid", "macaddr",
        ].contains(type.name)
    }
}

extension ShadowColumn {
    init(_ row: Row) throws(PostgresError) {
        self.init(
            name: try row.string("name"),
            type: QualifiedName(schema: try row.string("type_schema"), name: try row.string("type")),
            isGenerated: try !row.string("generated").isEmpty, isIdentity: try !row.string("identity").isEmpty,
            isInPrimaryKey: try row.bool("in_primary_key"),
            equality: try row.optionalString("equality").map { "OPERATOR(\($0))" } ?? "OPERATOR(pg_catalog.=)")
    }
}
