import Glibc
public import Libpq
public import Postgres
import Synchronization

/// One server a role for all tests of a process that need no server of their own; each of them gets a database of its own.
///
/// The objects of the whole server are shared: roles, slots (name them after the database), `pg_stat_activity`. And a
/// new logical slot waits for every transaction that runs on the server, in whichever database.
public enum SharedCluster {
    private static let source = Result { () throws(PostgresError) in try started(.source) }
    private static let shadow = Result { () throws(PostgresError) in try started(.shadow) }
    private static let counter = Atomic(0)

    /// The server, started by the first call.
    public static func cluster(_ role: LocalCluster.Role = .source) throws(PostgresError) -> LocalCluster {
        switch role {
        case .source: try source.get()
        case .shadow: try shadow.get()
        }
    }

    /// A new, empty database on the role's server.
    ///
    /// - Parameter encoding: with the locale C; nil for the server's own.
    public static func database(
        _ role: LocalCluster.Role = .source, encoding: String? = nil
    ) throws(PostgresError) -> TestDatabase {
        let number = counter.add(1, ordering: .relaxed).newValue
        let database = TestDatabase(cluster: try cluster(role), name: "test_\(number)")
        try database.cluster.createDatabase(database.name, encoding: encoding)
        return database
    }

    private static func started(_ role: LocalCluster.Role) throws(PostgresError) -> LocalCluster {
        let cluster = try LocalCluster(
            role,
            settings: ["max_connections": "300", "max_replication_slots": "100", "max_wal_senders": "100"])
        try cluster.start()
        return cluster
    }
}

/// A database of a shared server, dropped with this object unless a slot holds it.
public final class TestDatabase: Sendable {
    public let cluster: LocalCluster
    /// Also fit as a prefix for the names of slots and roles.
    public let name: String

    init(cluster: LocalCluster, name: String) {
        self.cluster = cluster
        self.name = name
    }

    deinit {
        // A test that leaves a session or a slot leaves the database too; the database then goes with the server.
        try? cluster.run("DROP DATABASE IF EXISTS \(name)")
    }

    public var connectionString: ConnectionString { cluster.connectionString(database: name) }
    public func connect() throws(PostgresError) -> Connection { try cluster.connect(database: name) }
    public func run(_ script: String) throws(PostgresError) { try cluster.run(script, database: name) }
}
