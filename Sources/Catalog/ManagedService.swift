internal import Libpq
public import Postgres
internal import Scripts

/// A service that runs a server for its users, who are no superusers there: decides by which names settings are changed,
/// privileges given and connections made. The names are those of the services' own documentation.
public enum ManagedService: String, Sendable, CaseIterable, CustomStringConvertible {
    case rds = "Amazon RDS"
    case aurora = "Amazon Aurora"
    case cloudSQL = "Google Cloud SQL"
    case alloyDB = "Google AlloyDB"
    case azure = "Azure Database for PostgreSQL"
    case supabase = "Supabase"
    case neon = "Neon"

    public var description: String { rawValue }

    /// The role whose members administer the server.
    public var administratorRole: String {
        switch self {
        case .rds, .aurora: "rds_superuser"
        case .cloudSQL: "cloudsqlsuperuser"
        case .alloyDB: "alloydbsuperuser"
        case .azure: "azure_pg_admin"
        case .supabase: "postgres"
        case .neon: "neon_superuser"
        }
    }

    /// Who may give privileges that elsewhere a superuser gives, as a part of a sentence.
    public var administrator: String {
        switch self {
        case .rds, .aurora: "the master user (a member of rds_superuser)"
        case .cloudSQL: "a member of cloudsqlsuperuser that has REPLICATION itself"
        case .alloyDB: "a member of alloydbsuperuser"
        case .azure: "the server's administrator (a member of azure_pg_admin)"
        case .supabase: "the user postgres"
        case .neon: "a member of neon_superuser"
        }
    }

    /// The role whose members may replicate, where the service gives nobody the attribute REPLICATION.
    public var replicationRole: String? {
        switch self {
        case .rds, .aurora: "rds_replication"
        case .cloudSQL, .alloyDB, .azure, .supabase, .neon: nil
        }
    }

    /// The setting that brings wal_level to logical, and its value for that; nil where it is not done by a setting.
    public var logicalSwitch: (setting: String, value: String)? {
        switch self {
        case .rds, .aurora: ("rds.logical_replication", "1")
        case .cloudSQL: ("cloudsql.logical_decoding", "on")
        case .alloyDB: ("alloydb.logical_decoding", "on")
        case .azure: ("wal_level", "LOGICAL")
        case .supabase: ("wal_level", "logical")
        case .neon: nil
        }
    }

    /// How to connect past the service's pooler: a sentence.
    public var directConnection: String {
        switch self {
        case .rds: "Name the instance's own endpoint, not that of RDS Proxy."
        case .aurora: "Name the cluster's writer endpoint, not that of RDS Proxy."
        case .cloudSQL, .alloyDB:
            "Name the instance's own address and port 5432, not those of managed connection pooling."
        case .azure: "Name port 5432; the built-in PgBouncer listens on 6432."
        case .supabase:
            "Name the direct connection, db.PROJECT.supabase.co port 5432 (where there is no IPv6, with the IPv4 add-on)."
        case .neon: "Take \"-pooler\" out of the host name."
        }
    }

    /// How a setting is changed: a sentence. For `wal_level` it names the service's own switch.
    ///
    /// - Parameter restarts: the setting takes effect only when the server starts.
    public func advice(setting: String, value: String, restarts: Bool) -> String {
        guard setting != "wal_level" || logicalSwitch != nil else {
            return "Enable logical replication in the project's settings (it cannot be switched off again); "
                + "all computes restart."
        }
        let own = setting == "wal_level" ? logicalSwitch : nil
        let (name, value) = (own?.setting ?? setting, own?.value ?? value)
        switch self {
        case .rds:
            return "Set \(name) to \(value) in the instance's DB parameter group"
                + (restarts ? " and reboot the instance." : ".")
        case .aurora:
            return "Set \(name) to \(value) in the DB cluster parameter group"
                + (restarts ? " and reboot the writer instance." : ".")
        case .cloudSQL, .alloyDB:
            return "Set the database flag \(name) to \(value)" + (restarts ? "; the instance restarts." : ".")
        case .azure:
            return "Set the server parameter \(name) to \(value)" + (restarts ? " and restart the server." : ".")
        case .neon:
            return "Ask Neon's support to set \(name) to \(value)."
        case .supabase:
            return "Set it with the Supabase CLI: supabase postgres-config update --config \(name)=\(value)"
                + (restarts ? "; the database restarts." : ".")
        }
    }
}

extension CatalogReader {
    /// The service that runs this server, by the roles, settings and functions that it leaves there; nil where none shows.
    public func managedService() throws(PostgresError) -> ManagedService? {
        guard let row = try read(.catalogService).rows.first else { return nil }
        let roles = try row.strings("roles")
        let settings = try row.strings("settings")
        func shows(_ role: String, _ prefix: String) -> Bool {
            roles.contains(role) || settings.contains { $0.hasPrefix(prefix + ".") }
        }
        if try row.bool("is_aurora") { return .aurora }
        if shows("rds_superuser", "rds") { return .rds }
        if shows("alloydbsuperuser", "alloydb") { return .alloyDB }
        if shows("cloudsqlsuperuser", "cloudsql") { return .cloudSQL }
        if shows("azure_pg_admin", "azure") { return .azure }
        if shows("neon_superuser", "neon") { return .neon }
        if shows("supabase_admin", "supautils") { return .supabase }
        return nil
    }
}
