import Libpq
import LocalCluster
import Postgres
import Testing
import Waiting

/// Waits until a query of its own connection gives true.
func waitUntil(_ condition: String, _ parameters: [String?] = [], on cluster: LocalCluster) throws(PostgresError) {
    let watcher = try cluster.connect()
    try waitUntil { () throws(PostgresError) in
        try watcher.query("SELECT (\(condition))::bool", parameters)[0, 0] == "t"
    }
}

/// Waits until the backend waits as pg_stat_activity has it.
func waitUntil(_ backend: Int32, waitsFor event: String, on cluster: LocalCluster) throws(PostgresError) {
    try waitUntil(
        "SELECT count(*) = 1 FROM pg_stat_activity WHERE pid = $1 AND (wait_event = $2 OR wait_event_type = $2)",
        [String(backend), event], on: cluster)
}

extension Connection {
    /// The error with which the server answers; nil where it does not.
    func failure(of sql: String, _ parameters: [String?] = []) -> PostgresError? {
        do throws(PostgresError) {
            try query(sql, parameters)
            return nil
        } catch {
            return error
        }
    }

    /// The one value of a query.
    func value(_ sql: String, _ parameters: [String?] = []) throws(PostgresError) -> String? {
        try query(sql, parameters)[0, 0]
    }
}
