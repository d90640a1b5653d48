internal import Libpq
public import Postgres
internal import Scripts

/// The privileges that a role has, and lacks, to copy and follow the tables of some schemas. Privileges count however
/// it has them: by its own grant, by membership, or through PUBLIC.
public struct ReplicationRole: Sendable {
    public struct Attributes: Hashable, Sendable {
        public var isSuperuser: Bool
        public var mayLogIn: Bool
        public var hasReplication: Bool
        /// Member of `rds_replication`, which is Amazon's REPLICATION.
        public var isRDSReplication: Bool
        public var bypassesRowSecurity: Bool
        /// VALID UNTIL is over: no password lets it in.
        public var hasExpired: Bool
        /// Every table, also a later one, may be read: a superuser, or a member of `pg_read_all_data`.
        public var readsAll: Bool

        public var mayReplicate: Bool { isSuperuser || hasReplication || isRDSReplication }
    }

    public struct Schema: Hashable, Sendable {
        public var name: String
        public var mayUse: Bool
        /// This session may grant USAGE on it, SELECT on all its tables and views, on all its sequences.
        public var mayGrantUsage: Bool
        public var mayGrantTables: Bool
        public var mayGrantSequences: Bool
        /// CREATE is granted to PUBLIC, as on `public` before 15.
        public var publicCreates: Bool
    }

    /// A table or sequence that the role cannot read whole.
    public struct Relation: Hashable, Sendable {
        public var name: QualifiedName
        public var isSequence: Bool
        public var owner: String
        public var maySelect: Bool
        /// This session may grant SELECT on it.
        public var mayGrant: Bool
        /// Row-level security would hide rows from the role.
        public var hidesRows: Bool
    }

    /// A role that makes tables in a schema.
    public struct Creator: Hashable, Sendable {
        public var schema: String
        public var name: String
        /// This session may change its default privileges.
        public var mayAlter: Bool
        /// The tables that it makes later can be read.
        public var grantsTables: Bool
        public var grantsSequences: Bool
    }

    public var name: String
    /// Nil where there is no such role; what follows is then what PUBLIC has.
    public var attributes: Attributes?
    public var database: String
    public var mayConnect: Bool
    public var mayGrantConnect: Bool
    public var schemas: [Schema]
    public var relations: [Relation]
    public var creators: [Creator]
}

extension CatalogReader {
    /// The schemas of this database that hold tables and are not the system's own, by name.
    public func schemasWithTables() throws(PostgresError) -> [String] {
        var schemas: [String] = []
        for row in try read(.catalogSchemasWithTables).rows { schemas.append(try row.string("schema")) }
        return schemas
    }

    /// The privileges of a role for the tables of `schemas`.
    public func replicationRole(_ name: String, schemas: [String]) throws(PostgresError) -> ReplicationRole {
        let row = try read(.catalogReplicationRole, [name]).rows.first
        let attributes = try row.map { row throws(PostgresError) in try ReplicationRole.Attributes(row) }
        let oid = try row.map { row throws(PostgresError) in try row.string("oid") } ?? "0"
        guard let database = try read(.catalogReplicationRoleDatabase, [oid]).rows.first else {
            throw PostgresError("the database does not exist any more", sqlState: .undefinedObject)
        }
        let names = ArrayText.text(schemas)
        let ignoresRowSecurity = attributes.map { $0.isSuperuser || $0.bypassesRowSecurity } ?? false
        var role = ReplicationRole(
            name: name, attributes: attributes, database: try database.string("database"),
            mayConnect: try database.bool("may_connect"), mayGrantConnect: try database.bool("may_grant"), schemas: [],
            relations: [], creators: [])
        for row in try read(.catalogReplicationRoleSchemas, [oid, names]).rows {
            role.schemas.append(try ReplicationRole.Schema(row))
        }
        for row in try read(
            .catalogReplicationRoleRelations, [oid, names, parameter(ignoresRowSecurity)]
        ).rows {
            role.relations.append(try ReplicationRole.Relation(row))
        }
        for row in try read(.catalogReplicationRoleCreators, [oid, names]).rows {
            role.creators.append(try ReplicationRole.Creator(row))
        }
        return role
    }
}

extension ReplicationRole.Attributes {
    fileprivate init(_ row: Row) throws(PostgresError) {
        self.init(
            isSuperuser: try row.bool("is_superuser"), mayLogIn: try row.bool("may_log_in"),
            hasReplication: try row.bool("has_replication"), isRDSReplication: try row.bool("is_rds_replication"),
            bypassesRowSecurity: try row.bool("bypasses_row_security"), hasExpired: try row.bool("has_expired"),
            readsAll: try row.bool("reads_all"))
    }
}

extension ReplicationRole.Schema {
    fileprivate init(_ row: Row) throws(PostgresError) {
        self.init(
            name: try row.string("schema"), mayUse: try row.bool("may_use"),
            mayGrantUsage: try row.bool("may_grant_usage"), mayGrantTables: try row.bool("may_grant_tables"),
            mayGrantSequences: try row.bool("may_grant_sequences"), publicCreates: try row.bool("public_creates"))
    }
}

extension ReplicationRole.Relation {
    fileprivate init(_ row: Row) throws(PostgresError) {
        self.init(
            name: try row.qualifiedName(), isSequence: try row.bool("is_sequence"), owner: try row.string("owner"),
            maySelect: try row.bool("may_select"), mayGrant: try row.bool("may_grant"),
            hidesRows: try row.bool("hides_rows"))
    }
}

extension ReplicationRole.Creator {
    fileprivate init(_ row: Row) throws(PostgresError) {
        self.init(
            schema: try row.string("schema"), name: try row.string("creator"), mayAlter: try row.bool("may_alter"),
            grantsTables: try row.bool("grants_tables"), grantsSequences: try row.bool("grants_sequences"))
    }
}
