import Libpq
import LocalCluster
import Postgres
import Preflight

/// A source and a shadow of the shared servers, as the checks examine them.
struct PreflightFixture {
    // Closed before the databases are dropped, which waits for their sessions.
    let source: Connection
    let shadow: Connection
    let sourceDatabase: TestDatabase
    let shadowDatabase: TestDatabase

    init(_ schema: String = "CREATE TABLE users (id int PRIMARY KEY, name text)") throws {
        sourceDatabase = try SharedCluster.database(.source)
        shadowDatabase = try SharedCluster.database(.shadow)
        source = try sourceDatabase.connect()
        shadow = try shadowDatabase.connect()
        try source.query(schema)
    }

    var slot: String { "\(sourceDatabase.name)_slot" }

    func context(source: Connection? = nil, shadow: Connection? = nil) -> Preflight.Context {
        Preflight.Context(
            source: .connected(source ?? self.source), shadow: .connected(shadow ?? self.shadow), slot: slot,
            publication: "pub")
    }

    /// A login role that has no right but what `grants` give, in which `ROLE` stands for its name.
    func role(_ grants: String = "", on database: TestDatabase? = nil) throws -> Connection {
        let database = database ?? sourceDatabase
        let name = "\(database.name)_role"
        let admin = try database.connect()
        try admin.query("CREATE ROLE \(name) LOGIN")
        if !grants.isEmpty {
            try admin.query(grants.split(separator: "ROLE", omittingEmptySubsequences: false).joined(separator: name))
        }
        return try Connection(
            database.cluster.connectionString(database: database.name, user: name), interrupt: Interrupt())
    }
}

extension Preflight.Report {
    /// The finding of a check; nil for an id that no check has.
    subscript(id: String) -> Preflight.Finding? { findings.first { $0.id == id } }
}
