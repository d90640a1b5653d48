import Libpq
import LocalCluster
import Postgres
import Preflight
import Testing
import Waiting

/// Servers that carry the signs of a service, asked as one of its users.
@Suite(.blocking) struct ManagedServicesTests {
    private func report(
        _ settings: [String: String], _ setUp: String, user: String = "app"
    ) throws -> Preflight.Report {
        let cluster = try LocalCluster(.source, settings: settings)
        try cluster.start()
        try cluster.run("CREATE ROLE app LOGIN; CREATE TABLE t (a int PRIMARY KEY); GRANT SELECT ON t TO app;")
        try cluster.run(setUp)
        return try Preflight.run(PreflightFixture().context(source: cluster.connect(user: user)))
    }

    @Test func rdsIsToldByItsSetting() throws {
        let report = try report(
            ["wal_level": "replica", "rds.logical_replication": "0"], "CREATE ROLE rds_replication")
        #expect(report["server_version"]?.message.hasSuffix(", run by Amazon RDS") == true)
        let level = try #require(report["wal_level"])
        #expect(level.found == "replica, rds.logical_replication 0" && level.fixSQL == nil)
        #expect(level.needed == "rds.logical_replication 1, which makes wal_level logical")
        #expect(
            level.hint
                == "Set rds.logical_replication to 1 in the instance's DB parameter group and reboot the instance.")
        let privilege = try #require(report["replication_privilege"])
        #expect(privilege.fixSQL == "GRANT \"rds_replication\" TO \"app\";")
        #expect(privilege.hint == "Run the statement as the master user (a member of rds_superuser).")
    }

    @Test(arguments: [
        ("rds.logical_replication", "on", "Amazon RDS applies rds.logical_replication"),
        ("cloudsql.logical_decoding", "on", "Google Cloud SQL applies cloudsql.logical_decoding"),
    ])
    func aSwitchThatWaitsForARebootIsTold(setting: String, value: String, hint: String) throws {
        let level = try #require(try report(["wal_level": "replica", setting: value], "SELECT 1")["wal_level"])
        #expect(level.found == "replica, \(setting) \(value)" && level.hint?.hasPrefix(hint) == true)
    }

    @Test(arguments: [
        ("cloudsql.logical_decoding", "off", "a member of cloudsqlsuperuser that has REPLICATION itself"),
        ("azure.extensions", "hstore", "the server's administrator (a member of azure_pg_admin)"),
        ("neon.timeline_id", "1234", "a member of neon_superuser"),
        ("supautils.privileged_role", "postgres", "the user postgres"),
    ])
    func whoMayGiveReplication(setting: String, value: String, grantor: String) throws {
        let privilege = try #require(try report([setting: value], "SELECT 1")["replication_privilege"])
        #expect(privilege.fixSQL == "ALTER ROLE \"app\" REPLICATION;")
        #expect(privilege.hint == "Run the statement as \(grantor).")
    }

    @Test func limitsAreRaisedByParameterGroup() throws {
        guard try SharedCluster.cluster(.source).connect().serverVersion.major >= 13 else { return }
        let report = try report(
            ["max_slot_wal_keep_size": "64MB", "rds.logical_replication": "1", "max_replication_slots": "0"],
            "ALTER ROLE app REPLICATION")
        #expect(
            report["wal_retention"]?.hint?.hasSuffix(
                "Set max_slot_wal_keep_size to 1024MB in the instance's DB parameter group.") == true)
        #expect(report["wal_retention"]?.fixSQL == nil)
        #expect(
            report["max_replication_slots"]?.hint?.hasPrefix(
                "Set max_replication_slots to 5 in the instance's DB parameter group") == true)
    }

    @Test func neonDropsIdleSlots() throws {
        let report = try report(["neon.timeline_id": "1"], "ALTER ROLE app REPLICATION")
        #expect(report["wal_retention"]?.message.contains("Neon removes a slot") == true)
    }
}
