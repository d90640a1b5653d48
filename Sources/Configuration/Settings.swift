import Libpq

/// What the keys set, one field for each; the configuration is made of it.
struct Settings: Sendable {
    var source = ConnectionSettings()
    var shadow = ConnectionSettings()
    var configuration = Configuration()

    /// The configuration with both connections put together.
    var assembled: Configuration {
        var assembled = configuration
        assembled.source.connection = source.connection
        assembled.shadow = shadow.connection
        return assembled
    }
}

/// A server as the keys name it: a connection string, and single parts that win over the same parts in it.
struct ConnectionSettings: Sendable {
    var dsn: ConnectionString?
    var host: String?
    var port: Ports?
    var database: String?
    var user: String?
    var password: String?
    var sslMode: SSLMode?
    var sslRootCert: String?

    /// Nil where no key is set.
    var connection: ConnectionString? {
        var parts: [String: String] = [:]
        for part in Self.parts { parts[part.keyword] = part.value(self) }
        if dsn == nil && parts.isEmpty { return nil }
        return (dsn ?? ConnectionString()).merging(parts)
    }

    /// A single part: its key's last word, libpq's keyword for it, and the variable by which libpq takes it where neither
    /// is given (manual, 34.15).
    struct Part: Sendable {
        let key: String
        let keyword: String
        let variable: String
        let value: @Sendable (ConnectionSettings) -> String?
    }

    static let parts = [
        Part(key: "host", keyword: "host", variable: "PGHOST") { $0.host },
        Part(key: "port", keyword: "port", variable: "PGPORT") { $0.port?.text },
        Part(key: "database", keyword: "dbname", variable: "PGDATABASE") { $0.database },
        Part(key: "user", keyword: "user", variable: "PGUSER") { $0.user },
        Part(key: "password", keyword: "password", variable: "PGPASSWORD") { $0.password },
        Part(key: "ssl_mode", keyword: "sslmode", variable: "PGSSLMODE") { $0.sslMode?.rawValue },
        Part(key: "ssl_root_cert", keyword: "sslrootcert", variable: "PGSSLROOTCERT") { $0.sslRootCert },
    ]
}
