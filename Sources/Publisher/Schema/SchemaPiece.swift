public import Catalog
public import Postgres

/// A part of a schema that is made by itself: one object, or what belongs to one.
public struct SchemaPiece: Hashable, Sendable {
    /// By which other pieces name it as something that they need.
    public let number: Int
    /// One statement or several, each with its semicolon.
    public let sql: String
    /// In lower case: `table`, `index`, `fk constraint`, `comment`.
    public let kind: String
    /// For people.
    public let name: String
    /// Nil where it is no object of its own.
    public let object: CatalogObject.Identity?
    /// The table that it makes, or is a part of; nil for other objects.
    public let table: QualifiedName?
    /// Nil for the server's default.
    public let accessMethod: String?
    public let foreignKey: SchemaObject.ForeignKey?
    /// The functions that it calls, with their arguments.
    public let functions: [String]
    /// Needs no other piece of its stage.
    public let isIndependent: Bool
    /// Numbers of pieces that it needs.
    public let dependencies: [Int]

    init(
        number: Int, sql: String, kind: String, name: String, object: CatalogObject.Identity? = nil,
        table: QualifiedName? = nil, accessMethod: String? = nil, foreignKey: SchemaObject.ForeignKey? = nil,
        functions: [String] = [],
        isIndependent: Bool = false, dependencies: [Int] = []
    ) {
        self.number = number
        self.sql = sql
        self.kind = kind
        self.name = name
        self.object = object
        self.table = table
        self.accessMethod = accessMethod
        self.foreignKey = foreignKey
        self.functions = functions
        self.isIndependent = isIndependent
        self.dependencies = dependencies
    }

    /// A schema that pg_dump takes for granted.
    init(makingSchema name: String, _ object: CatalogObject.Identity) {
        self.init(number: 0, sql: "CREATE SCHEMA \(quoteIdentifier(name));", kind: "schema", name: name, object: object)
    }

    /// The table itself.
    public var isTable: Bool { kind == "table" }

    func with(sql: String) -> SchemaPiece {
        SchemaPiece(
            number: number, sql: sql, kind: kind, name: name, object: object, table: table, accessMethod: accessMethod,
            foreignKey: foreignKey, functions: functions, isIndependent: isIndependent, dependencies: dependencies)
    }
}
