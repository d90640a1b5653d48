internal import Libpq
public import Postgres
internal import Scripts

/// The role that a connection logged in as, and what it may do.
public struct Role: Hashable, Sendable {
    public var name: String
    public var isSuperuser: Bool
    /// The attribute REPLICATION; not inherited from other roles.
    public var hasReplicationAttribute: Bool
    public var bypassesRowSecurity: Bool
    /// Roles whose member it is, directly or not, and itself. A superuser's list holds only itself.
    public var memberships: [String]

    /// May use slots and the replication protocol: by attribute, as superuser, or by Amazon's role for it.
    public var mayReplicate: Bool {
        isSuperuser || hasReplicationAttribute || memberships.contains("rds_replication")
    }
}

extension CatalogReader {
    /// The role of this session's login.
    public func role() throws(PostgresError) -> Role {
        guard let row = try read(.catalogRole).rows.first else {
            throw PostgresError("the session's role does not exist any more", sqlState: .undefinedObject)
        }
        return Role(
            name: try row.string("name"), isSuperuser: try row.bool("is_superuser"),
            hasReplicationAttribute: try row.bool("may_replicate"),
            bypassesRowSecurity: try row.bool("bypasses_row_security"), memberships: try row.strings("memberships"))
    }
}
