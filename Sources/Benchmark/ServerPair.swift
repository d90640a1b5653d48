import Libpq
import LocalCluster
import Postgres
import Processes

/// A private source and a private shadow with the memory of small production servers. Both are of one version, as not
/// every peer can bring a newer source's tables to an older shadow.
struct ServerPair {
    let source: LocalCluster
    let shadow: LocalCluster

    init(fsync: Bool) throws(PostgresError) {
        source = try Self.server(.source, fsync, nil)
        shadow = try Self.server(.shadow, fsync, source.programs.directory)
    }

    private static func server(
        _ role: LocalCluster.Role, _ fsync: Bool, _ programs: String?
    ) throws(PostgresError) -> LocalCluster {
        let server = try LocalCluster(
            role,
            settings: [
                "shared_buffers": "512MB", "maintenance_work_mem": "256MB", "max_wal_size": "8GB",
                "checkpoint_timeout": "1h", "fsync": fsync ? "on" : "off", "full_page_writes": fsync ? "on" : "off",
                "max_worker_processes": "16", "max_logical_replication_workers": "8",
                // Else the launcher lets an enabled subscription wait for up to 5 s.
                "wal_retrieve_retry_interval": "10ms",
            ], binDirectory: programs, storage: .disk)
        try server.start()
        return server
    }

    var versions: String {
        get throws(PostgresError) {
            let (from, to) = (try source.connect().serverVersion.major, try shadow.connect().serverVersion.major)
            return "PostgreSQL \(from) to \(to)"
        }
    }

    /// The pages that one round leaves unwritten must not slow the next.
    func checkpoint() throws(PostgresError) {
        for server in [source, shadow] { try server.connect().query(Statements.checkpoint) }
    }

    /// Throws where a table of the shadow's database does not hold the source's rows.
    func compare(_ tables: [String], source from: String, shadow to: String, by who: String) throws(PostgresError) {
        let (left, right) = (try source.connect(database: from), try shadow.connect(database: to))
        for table in tables {
            let statement = Statements.sum(of: table)
            let (wanted, found) = (try left.query(statement), try right.query(statement))
            guard wanted[0, 0] == found[0, 0], wanted[0, 1] == found[0, 1] else {
                throw PostgresError(
                    "\(who) did not make table \"\(table)\" the source's",
                    detail: "\(wanted[0, 0] ?? "") rows in the source, \(found[0, 0] ?? "") in the copy.",
                    hint: "This is a defect of the one that made the copy; its figures mean nothing.",
                    sqlState: .dataCorrupted)
            }
        }
    }
}
