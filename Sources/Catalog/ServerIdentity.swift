internal import Libpq
public import Postgres
internal import Scripts

/// Which server, and which database of it, a connection has reached.
public struct ServerIdentity: Hashable, Sendable {
    /// `pg_control_system()`'s: the same in every physical copy of the cluster (standby, base backup).
    public var systemIdentifier: String
    /// When the server was started, as the server writes it; for comparing only.
    public var started: String
    /// The current timeline of a primary; of a standby that of its last restart point.
    public var timeline: Int
    public var isInRecovery: Bool
    /// Transactions of this session cannot write.
    public var isReadOnly: Bool
    public var databaseOID: OID
    public var database: String
    /// The database's encoding: `UTF8`.
    public var encoding: String

    /// The same running server. The identifier alone is not enough: a restored copy has it too.
    public func isSameServer(as other: ServerIdentity) -> Bool {
        systemIdentifier == other.systemIdentifier && started == other.started
    }

    public func isSameDatabase(as other: ServerIdentity) -> Bool {
        isSameServer(as: other) && databaseOID == other.databaseOID
    }
}

extension CatalogReader {
    public func serverIdentity() throws(PostgresError) -> ServerIdentity {
        guard let row = try read(.catalogServer).rows.first else {
            throw PostgresError("the server did not identify itself", sqlState: .protocolViolation)
        }
        return ServerIdentity(
            systemIdentifier: try row.string("system_identifier"), started: try row.string("started"),
            timeline: try row.int("timeline"), isInRecovery: try row.bool("in_recovery"),
            isReadOnly: try row.bool("read_only"), databaseOID: try row.oid("database_oid"),
            database: try row.string("database"), encoding: try row.string("encoding"))
    }
}
