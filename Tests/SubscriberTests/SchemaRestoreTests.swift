import Libpq
import LocalCluster
import Postgres
import Testing

@testable import Subscriber

@Suite struct SchemaRestoreTests {
    /// A schema of thousands of tables takes more locks than a server has room for by default.
    @Test func aFullLockTableSaysWhatToSet() throws {
        let server = try LocalCluster(
            .shadow, settings: ["max_connections": "10", "max_locks_per_transaction": "10", "max_wal_senders": "2"])
        try server.start()
        let shadow = try ShadowSession(server.connectionString(), as: "test", interrupt: Interrupt())
        let tables = (1...3000).map { "CREATE TABLE public.t\($0) (id int, name text);" }
        let error = #expect(throws: PostgresError.self) {
            try shadow.restore(tables.joined(separator: "\n"), from: shadow.connection.serverVersion)
        }
        #expect(error?.sqlState == .outOfMemory)
        #expect(error?.hint?.contains("ALTER SYSTEM SET max_locks_per_transaction = 2048;") == true)
    }
}
