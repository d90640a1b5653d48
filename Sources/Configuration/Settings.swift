import Libpq

/// The values of the keys, one field for each; the configuration is made of it.
struct Settings: Sendable {
    var source = ConnectionSettings()
    var shadow = ConnectionSettings()
    var configuration = Configuration()

    /// The configuration with both connections put together.
    var assembled: Configuration {
        var assembled = configuration
        assembled.source.connection = connection(of: "source", source)
        assembled.shadow = connection(of: "shadow", shadow)
        return assembled
    }

    /// Nil where no key of the section is set.
    private func connection(of section: String, _ server: ConnectionSettings) -> ConnectionString? {
        var parts: [String: String] = [:]
        for key in Key.parts(of: section) {
            if let libpq = key.libpq { parts[libpq.keyword] = key.text(self) }
        }
        if server.dsn == nil && parts.isEmpty { return nil }
        return (server.dsn ?? ConnectionString()).merging(parts)
    }
}

extension Settings {
    /// The settings that a configuration would be made of: both connections are strings, without single parts.
    init(_ configuration: Configuration) {
        self.configuration = configuration
        source.dsn = configuration.source.connection
        shadow.dsn = configuration.shadow
    }
}

extension Configuration {
    /// The environment that sets every key to what is in force here. It has the connections' passwords.
    public var environment: [String: String] {
        let settings = Settings(self)
        var variables: [String: String] = [:]
        for key in Key.all {
            if let name = key.environmentNames.last { variables[name] = key.text(settings) }
        }
        return variables
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
}
