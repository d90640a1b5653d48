public import Postgres

/// A relation of a database, as `pg_class` has it, with what identifies its rows in the WAL.
public struct Table: Hashable, Sendable {
    /// `pg_class.relkind`.
    public enum Kind: String, Sendable {
        case ordinary = "r"
        case partitioned = "p"
        case foreign = "f"
        case view = "v"
        case materializedView = "m"

        /// As PostgreSQL's messages name it.
        public var name: String {
            switch self {
            case .ordinary: "table"
            case .partitioned: "partitioned table"
            case .foreign: "foreign table"
            case .view: "view"
            case .materializedView: "materialized view"
            }
        }
    }

    /// `pg_class.relpersistence`.
    public enum Persistence: String, Sendable {
        case permanent = "p"
        case unlogged = "u"
        case temporary = "t"
    }

    public var oid: OID
    public var name: QualifiedName
    public var kind: Kind
    public var persistence: Persistence
    public var owner: String
    /// This connection's role has the owner's rights.
    public var isOwner: Bool
    /// Lives in `information_schema` or in a schema whose name begins with `pg_`.
    public var isSystem: Bool
    public var replicaIdentity: ReplicaIdentity
    public var primaryKey: IndexColumns?
    /// The index by which the WAL identifies old rows under `replicaIdentity`; nil for `full`, `nothing`, and where the
    /// index is missing, invalid or deferrable.
    public var identityIndex: IndexColumns?
    public var isPartition: Bool
    /// The partitioned table that this is a partition of.
    public var parent: OID?
    /// Partitions, or tables that inherit from it.
    public var hasChildren: Bool
    /// Row-level security is on (it may still not apply to this role).
    public var hasRowSecurity: Bool
    /// As the last VACUUM or ANALYZE counted (`relpages`); 0 for a partitioned table.
    public var pages: Int
    /// As the last VACUUM or ANALYZE estimated (`reltuples`); nil where there was none. A partitioned table's own.
    public var estimatedRows: Int?

    /// An index's key columns, in the index's order.
    public struct IndexColumns: Hashable, Sendable {
        public var oid: OID
        public var columns: [String]
    }

    /// The source can run UPDATE and DELETE on it while they are published: the WAL can name the old row
    /// (`CheckCmdReplicaIdentity` in execReplication.c). For a partitioned table its partitions decide.
    public var identifiesRows: Bool { replicaIdentity == .full || identityIndex != nil }
}

/// The size of a table, its partitions included.
public struct TableSize: Hashable, Sendable {
    /// An estimate; nil where no part was ever vacuumed or analyzed.
    public var estimatedRows: Int?
    /// With indexes, TOAST and maps (`pg_total_relation_size`).
    public var totalBytes: Int
}

/// A column of a table; columns that were dropped are left out.
public struct Column: Hashable, Sendable {
    /// `pg_attribute.attgenerated`.
    public enum Generated: String, Sendable {
        case no = ""
        case stored = "s"
        case virtual = "v"
    }

    /// `pg_attribute.attidentity`.
    public enum Identity: String, Sendable {
        case no = ""
        case always = "a"
        case byDefault = "d"
    }

    /// `attnum`; with gaps where columns were dropped.
    public var number: Int
    public var name: String
    public var type: OID
    /// With its modifier, as SQL writes it: `numeric(10,2)`.
    public var typeName: String
    public var isNotNull: Bool
    public var generated: Generated
    public var identity: Identity
    /// This connection's role may SELECT it.
    public var maySelect: Bool
}

/// An index of a table.
public struct Index: Hashable, Sendable {
    public var oid: OID
    public var name: QualifiedName
    public var method: String
    public var isUnique: Bool
    public var isPrimary: Bool
    public var isValid: Bool
    /// False for a deferrable constraint's.
    public var isImmediate: Bool
    public var isPartial: Bool
    public var hasExpressions: Bool
    /// Key columns; those that are expressions are left out.
    public var columns: [String]
    /// The primary key, unique or exclusion constraint that the index serves.
    public var constraint: String?
    /// The CREATE INDEX statement.
    public var definition: String
}

/// A partition that stores rows, below the partitioned table that was asked for.
public struct PartitionLeaf: Hashable, Sendable {
    public var oid: OID
    public var name: QualifiedName
}

extension Index {
    /// May serve as replica identity (manual, ALTER TABLE, REPLICA IDENTITY): unique, not partial, not deferrable, over
    /// columns that are all NOT NULL.
    public func canBeIdentity(notNull: Set<String>) -> Bool {
        isUnique && isValid && isImmediate && !isPartial && !hasExpressions && Set(columns).isSubset(of: notNull)
    }
}
