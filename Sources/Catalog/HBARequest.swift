internal import Postgres

/// A connection that somebody asks for, with all that decides which rule of pg_hba.conf it falls under.
public struct HBARequest: Hashable, Sendable {
    /// How the client reaches the server.
    public enum Client: Hashable, Sendable {
        /// A Unix-domain socket.
        case socket
        case network(IPAddress, usesTLS: Bool, usesGSS: Bool)
    }

    public var user: String
    /// A logical replication connection falls under its database's rules like any other.
    public var database: String
    /// Physical replication, which has no database and falls only under rules for `replication`.
    public var isPhysicalReplication = false
    public var client: Client
    /// As the server sees its own end of the connection; nil where unknown.
    public var serverAddress: IPAddress?
    /// Roles whose member the user is, directly or not, and itself; without those a superuser has the rights of.
    public var memberships: Set<String>
    /// The server takes a name that begins with `/` for a regular expression (16 and later).
    public var knowsPatterns: Bool
    /// Those expressions, with their slash, that match the user's name, and the database's.
    public var userPatterns: Set<String> = []
    public var databasePatterns: Set<String> = []

    public init(
        user: String, database: String, client: Client, serverAddress: IPAddress? = nil,
        memberships: Set<String>? = nil, knowsPatterns: Bool = false
    ) {
        self.user = user
        self.database = database
        self.client = client
        self.serverAddress = serverAddress
        self.memberships = memberships ?? [user]
        self.knowsPatterns = knowsPatterns
    }

    /// The line for pg_hba.conf that lets just this connection in by password.
    public var lineToAdd: String {
        let who = "\(isPhysicalReplication ? "replication" : Self.quoted(database)) \(Self.quoted(user))"
        switch client {
        case .socket: return "local \(who) scram-sha-256"
        case .network(let address, let usesTLS, _):
            return "\(usesTLS ? "hostssl" : "host") \(who) \(address)/\(address.bytes.count * 8) scram-sha-256"
        }
    }

    /// A name as the file takes it: in quotes unless it is plain, which a keyword is not.
    private static func quoted(_ name: String) -> String {
        let keywords: Set<String> = ["all", "replication", "samegroup", "samerole", "sameuser"]
        return keywords.contains(name) ? quoteIdentifier(name) : QualifiedName.display(name)
    }
}
