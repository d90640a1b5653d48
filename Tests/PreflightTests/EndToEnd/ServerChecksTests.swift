import Libpq
import LocalCluster
import Postgres
import Preflight
import Testing
import Waiting

/// The checks of what the source's settings allow, on a server that allows nothing.
@Suite(.blocking) struct ServerChecksTests {
    let fixture: PreflightFixture

    init() throws { fixture = try PreflightFixture() }

    private func report(
        _ settings: [String: String], _ setUp: String = "SELECT 1"
    ) throws -> Preflight.Report {
        let cluster = try LocalCluster(.source, settings: settings)
        try cluster.start()
        let source = try cluster.connect()
        try source.query("CREATE TABLE t (a int PRIMARY KEY)")
        try source.query(setUp)
        return try Preflight.run(fixture.context(source: source))
    }

    @Test func walLevelReplica() throws {
        let finding = try #require(try report(["wal_level": "replica"])["wal_level"])
        #expect(finding.status == .fail && finding.found == "replica" && finding.needed == "logical")
        #expect(finding.fixSQL == "ALTER SYSTEM SET wal_level = 'logical';")
        #expect(finding.hint?.contains("restart") == true)
    }

    @Test func aChangedWALLevelWaitsForARestart() throws {
        let cluster = try LocalCluster(.source, settings: ["wal_level": "replica"])
        try cluster.start()
        let source = try cluster.connect()
        try source.query("ALTER SYSTEM SET wal_level = 'logical'")
        try cluster.restart()
        #expect(try Preflight.run(fixture.context(source: cluster.connect()))["wal_level"]?.status == .pass)
    }

    @Test(arguments: [
        ("rds_superuser", "Set rds.logical_replication to 1 in the instance's DB parameter group"),
        ("cloudsqlsuperuser", "Set the database flag cloudsql.logical_decoding to on"),
        ("alloydbsuperuser", "Set the database flag alloydb.logical_decoding to on"),
        ("azure_pg_admin", "Set the server parameter wal_level to LOGICAL and restart the server"),
        ("neon_superuser", "Enable logical replication in the project's settings"),
        ("supabase_admin", "supabase postgres-config update --config wal_level=logical"),
    ])
    func aServicesOwnNames(role: String, hint: String) throws {
        let report = try report(
            ["wal_level": "replica", "max_replication_slots": "0"], "CREATE ROLE \(role); CREATE ROLE rds_replication")
        #expect(report["wal_level"]?.hint?.contains(hint) == true, "\(report["wal_level"]?.hint ?? "")")
        #expect(report["wal_level"]?.fixSQL == nil)
        #expect(report["max_replication_slots"]?.fixSQL == nil)
    }

    @Test func noFreeSlot() throws {
        let report = try report(
            ["max_replication_slots": "1"], "SELECT pg_create_physical_replication_slot('standby')")
        let finding = try #require(report["max_replication_slots"])
        #expect(finding.status == .fail && finding.found == "1 total, 1 used, 0 free")
        #expect(finding.hint?.contains("inactive are: standby") == true)
        #expect(finding.fixSQL == "ALTER SYSTEM SET max_replication_slots = '6';")
    }

    @Test func theJobsOwnSlotIsAvailable() throws {
        let report = try report(
            ["max_replication_slots": "1"],
            "SELECT pg_create_logical_replication_slot('\(fixture.slot)', 'pgoutput')")
        #expect(report["max_replication_slots"]?.status == .pass)
        #expect(report["slot"]?.status == .pass)
    }

    @Test func noWALSender() throws {
        let finding = try #require(try report(["max_wal_senders": "0"])["max_wal_senders"])
        #expect(finding.status == .fail && finding.found == "0 total, 0 used, 0 free")
        #expect(finding.fixSQL == "ALTER SYSTEM SET max_wal_senders = '5';")
    }
}
