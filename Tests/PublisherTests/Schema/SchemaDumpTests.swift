import Catalog
import Libpq
import LocalCluster
import Postgres
import Publisher
import Testing
import Waiting

@Suite(.blocking) struct SchemaDumpTests {
    /// How a dump fails that waits for a lock while this is done to its server.
    private func failure(_ end: @Sendable (LocalCluster, String?) throws -> Void) async throws -> PostgresError? {
        let cluster = try LocalCluster(.source)
        try cluster.start()
        try cluster.run("CREATE TABLE t (n int)")
        let table = try cluster.connect().query("SELECT 't'::regclass::oid AS table").rows[0].oid("table")
        let holder = try cluster.connect()
        try holder.query("BEGIN; LOCK TABLE t")
        let conninfo = cluster.connectionString()
        async let failure = onThread("dump") { interrupt throws(PostgresError) -> PostgresError? in
            let source = try Source(conninfo, as: "test", interrupt: interrupt)
            do throws(PostgresError) {
                _ = try SchemaDump(of: [table], on: source, source: conninfo, snapshot: nil)
                return nil
            } catch {
                return error
            }
        }
        let watcher = try cluster.connect()
        let dump =
            "SELECT pid FROM pg_stat_activity WHERE application_name = 'scry-backfill schema' AND wait_event_type = 'Lock'"
        var pid: String?
        try waitUntil {
            let waiting = try watcher.query(dump)
            pid = waiting.rowCount > 0 ? waiting[0, 0] : nil
            return pid != nil
        }
        try end(cluster, pid)
        // Where that has not ended the dump, it goes on.
        _ = try? holder.query("ROLLBACK")
        return try await failure
    }

    @Test func aServerThatGoesAwayIsWorthAnotherTry() async throws {
        let failed = try await failure { cluster, _ in try cluster.stop(.immediate) }
        let error = try #require(failed)
        #expect(error.isSafeToRetry, "\(error)")
    }

    /// Its session is cut, or a deadlock ends it: the next one may get through.
    @Test func aDumpThatIsCutIsMadeAgain() async throws {
        let failed = try await failure { cluster, pid in
            try cluster.connect().query("SELECT pg_terminate_backend($1)", [pid])
        }
        #expect(failed == nil)
    }

    @Test func whatDoesNotPassIsThrownInItsOwnWords() throws {
        let cluster = try LocalCluster(.source)
        try cluster.start()
        try cluster.run("CREATE TABLE t (n int); CREATE ROLE weak LOGIN")
        let table = try cluster.connect().query("SELECT 't'::regclass::oid AS table").rows[0].oid("table")
        let conninfo = cluster.connectionString().merging(["user": "weak"])
        let source = try Source(conninfo, as: "test", interrupt: try Interrupt())
        let error = #expect(throws: PostgresError.self) {
            try SchemaDump(of: [table], on: source, source: conninfo, snapshot: nil)
        }
        #expect(error?.message == "pg_dump failed with exit status 1")
        #expect(error?.detail?.contains("permission denied") == true, "\(String(describing: error))")
    }

    /// The session that exported the snapshot was cut.
    @Test func aLostSnapshotIsWorthAnotherTry() throws {
        let cluster = try LocalCluster(.source)
        try cluster.start()
        try cluster.run("CREATE TABLE t (n int)")
        let table = try cluster.connect().query("SELECT 't'::regclass::oid AS table").rows[0].oid("table")
        let source = try Source(cluster.connectionString(), as: "test", interrupt: try Interrupt())
        let lost = "00000003-0000001B-1"
        let session = #expect(throws: PostgresError.self) { try source.useSnapshot(lost) }
        #expect(session?.isSafeToRetry == true, "\(String(describing: session))")
        let dump = #expect(throws: PostgresError.self) {
            try SchemaDump(of: [table], on: source, source: cluster.connectionString(), snapshot: lost)
        }
        #expect(dump?.isSafeToRetry == true, "\(String(describing: dump))")
    }
}
