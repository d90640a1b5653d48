public import Postgres

/// A table as a catalog describes it, as far as its rows depend on that: the form in which a job remembers what the shadow's
/// table was built from. Its identity is its OID, its columns' identity their number: names may change.
public struct TableShape: Sendable, Hashable, Codable {
    public struct Column: Sendable, Hashable, Codable {
        /// `attnum`. It is never used again in the same table, so a column that is dropped and made anew has another.
        public var number: Int
        public var name: String
        /// With its modifier, as SQL names it.
        public var type: String
        /// `atttypid` and `atttypmod`, as a description in the stream has them.
        public var typeOID: UInt32
        public var modifier: Int32
        /// Quoted; nil where it is the type's own.
        public var collation: String?
        public var isNotNull: Bool
        /// The default, or the expression of a generated column.
        public var expression: String?
        /// The same as the catalog keeps it, by its digest: objects that are renamed do not change it.
        public var expressionDigest: String?
        public var generated: Generated
        public var identity: Identity
        public var missing: Missing
        /// The last transaction that changed the column's row of `pg_attribute`.
        public var definedBy: UInt32

        public init(
            number: Int, name: String, type: String, typeOID: UInt32 = 0, modifier: Int32 = -1,
            collation: String? = nil, isNotNull: Bool = false, expression: String? = nil,
            expressionDigest: String? = nil, generated: Generated = .no,
            identity: Identity = .no, missing: Missing = .null, definedBy: UInt32 = 0
        ) {
            self.number = number
            self.name = name
            self.type = type
            self.typeOID = typeOID
            self.modifier = modifier
            self.collation = collation
            self.isNotNull = isNotNull
            self.expression = expression
            self.expressionDigest = expressionDigest ?? expression
            self.generated = generated
            self.identity = identity
            self.missing = missing
            self.definedBy = definedBy
        }
    }

    /// `attgenerated`.
    public enum Generated: String, Sendable, Hashable, Codable {
        case no = ""
        case stored = "s"
        /// Since 18.
        case virtual = "v"
    }

    /// `attidentity`.
    public enum Identity: String, Sendable, Hashable, Codable {
        case no = ""
        case always = "a"
        case byDefault = "d"
    }

    /// The value of a column in rows that are older than it (`attmissingval`).
    public enum Missing: Sendable, Hashable, Codable {
        /// They show null; or they have been written with the column since.
        case null
        /// As the type's output function writes it.
        case value(String)
        /// There is one, in a form that is not read here.
        case unknown
    }

    /// `relreplident`.
    public enum RowIdentity: Sendable, Hashable, Codable {
        case `default`, full, nothing
        case index(String)
    }

    /// An index or a constraint.
    public struct Part: Sendable, Hashable, Codable {
        public enum Kind: String, Sendable, Hashable, Codable { case index, constraint, check }
        public var kind: Kind
        /// Within the table's schema; a constraint's, within the table.
        public var name: String
        /// As `pg_get_indexdef` or `pg_get_constraintdef` writes it.
        public var definition: String

        public init(_ kind: Kind, _ name: String, _ definition: String) {
            self.kind = kind
            self.name = name
            self.definition = definition
        }
    }

    public var oid: UInt32
    public var schema: String
    public var schemaOID: UInt32
    public var table: String
    public var isPartitioned: Bool
    /// Changed by all that writes the rows anew: TRUNCATE, VACUUM FULL, CLUSTER, and the forms of ALTER TABLE that rewrite.
    public var fileNode: UInt32
    /// The last transaction that changed the table's row of `pg_class`.
    public var definedBy: UInt32
    /// The transactions before this 64-bit number had ended when the shape was read.
    public var horizon: Int64
    /// The highest number that a column has ever had.
    public var highestColumn: Int
    public var replicaIdentity: RowIdentity
    /// The index by which CLUSTER orders the rows.
    public var clusteredOn: String?
    public var columns: [Column]
    public var parts: [Part]

    public init(
        oid: OID, name: QualifiedName, schemaOID: OID = OID(0), isPartitioned: Bool = false, fileNode: UInt32 = 1,
        definedBy: UInt32 = 0,
        horizon: Int64 = 0, highestColumn: Int? = nil, replicaIdentity: RowIdentity = .default,
        clusteredOn: String? = nil, columns: [Column], parts: [Part] = []
    ) {
        self.oid = oid.value
        schema = name.schema
        self.schemaOID = schemaOID.value
        table = name.name
        self.isPartitioned = isPartitioned
        self.fileNode = fileNode
        self.definedBy = definedBy
        self.horizon = horizon
        self.highestColumn = highestColumn ?? columns.map(\.number).max() ?? 0
        self.replicaIdentity = replicaIdentity
        self.clusteredOn = clusteredOn
        self.columns = columns
        self.parts = parts
    }

    public var id: OID { OID(oid) }
    public var name: QualifiedName { QualifiedName(schema: schema, name: table) }

    /// The same table under another name.
    public func named(like other: TableShape) -> TableShape {
        var shape = self
        shape.schema = other.schema
        shape.schemaOID = other.schemaOID
        shape.table = other.table
        return shape
    }

    /// This table with columns numbered as those of another that have their names: numbers mean something within one table only.
    public func renumbered(like other: TableShape) -> TableShape {
        var shape = self
        var unused = other.highestColumn
        for index in shape.columns.indices {
            let name = shape.columns[index].name
            let namesake = other.columns.first { $0.name.utf8.elementsEqual(name.utf8) }
            unused += 1
            shape.columns[index].number = namesake?.number ?? unused
        }
        return shape
    }

    public func column(_ number: Int) -> Column? { columns.first { $0.number == number } }
}
