internal import Libpq
public import Postgres
internal import Scripts

/// How busy sessions other than this program's keep a server, at one moment; and counters, which mean something only
/// beside those of an earlier sample.
public struct ServerLoad: Hashable, Sendable {
    /// Seconds since 1970 by the server's clock.
    public var taken: Double
    /// Sessions that run a statement; nil where the role may not see those of others (pg_read_all_stats may).
    public var activeSessions: Int?
    /// All that have ended, committed or not, in all databases.
    public var transactions: Int
    /// The WAL that the slowest physical standby has not replayed, in bytes; nil without a standby, and where it cannot
    /// be seen.
    public var replicaLag: Int?
    /// Checkpoints that did not wait for their time, since the statistics were reset.
    public var requestedCheckpoints: Int
    /// Pages that sessions had to write themselves, since the statistics were reset.
    public var backendWrites: Int
    /// False: neither sessions of others nor standbys' positions are visible to this role.
    public var showsOthers: Bool

    public init(
        taken: Double, activeSessions: Int?, transactions: Int, replicaLag: Int? = nil, requestedCheckpoints: Int = 0,
        backendWrites: Int = 0, showsOthers: Bool = true
    ) {
        self.taken = taken
        self.activeSessions = activeSessions
        self.transactions = transactions
        self.replicaLag = replicaLag
        self.requestedCheckpoints = requestedCheckpoints
        self.backendWrites = backendWrites
        self.showsOthers = showsOthers
    }
}

extension CatalogReader {
    public func serverLoad() throws(PostgresError) -> ServerLoad {
        guard let row = try read(.catalogLoad).rows.first, let taken = try row.optionalDouble("taken"),
            let writes = try read(serverVersion.major >= 17 ? .catalogLoadWrites : .catalogLoadWrites16).rows.first
        else { throw PostgresError("the server did not report its load", sqlState: .protocolViolation) }
        return ServerLoad(
            taken: taken, activeSessions: try row.optionalInt("active"), transactions: try row.int("transactions"),
            replicaLag: try row.optionalInt("replica_lag"),
            requestedCheckpoints: try writes.int("requested_checkpoints"),
            backendWrites: try writes.int("backend_writes"), showsOthers: try row.bool("all_sessions"))
    }
}
