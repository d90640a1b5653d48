import Catalog
import Libpq
import LocalCluster
import Postgres
import Testing
import Waiting

@Suite(.blocking) struct ManagedServiceTests {
    @Test(arguments: [
        ("rds_superuser", ManagedService.rds), ("cloudsqlsuperuser", .cloudSQL), ("azure_pg_admin", .azure),
        ("alloydbsuperuser", .alloyDB), ("supabase_admin", .supabase), ("neon_superuser", .neon),
    ])
    func showsByItsRole(role: String, service: ManagedService) throws {
        let connection = try SharedCluster.cluster(.source).connect()
        // Undone with the transaction, so that other tests do not see it.
        try connection.query("BEGIN")
        try connection.query("CREATE ROLE \(role)")
        #expect(try connection.managedService() == service)
        try connection.query("ROLLBACK")
        #expect(try connection.managedService() == nil)
    }

    @Test(arguments: [
        ("rds.logical_replication", ManagedService.rds), ("cloudsql.logical_decoding", .cloudSQL),
        ("alloydb.logical_decoding", .alloyDB), ("azure.extensions", .azure), ("neon.timeline_id", .neon),
        ("supautils.privileged_role", .supabase),
    ])
    func showsByItsSettings(setting: String, service: ManagedService) throws {
        let connection = try SharedCluster.cluster(.source).connect()
        try connection.query("SET \(setting) = 'on'")
        #expect(try connection.managedService() == service)
        try connection.query("RESET \(setting)")
        #expect(try connection.managedService() == nil)
    }

    @Test func auroraShowsByItsFunction() throws {
        let connection = try SharedCluster.cluster(.source).connect()
        try connection.query("BEGIN")
        // The catalog's own schema takes no objects otherwise; the setting is made at the start of a session before 12.
        guard connection.serverVersion.major >= 13 else { return }
        try connection.query("SET allow_system_table_mods = on")
        try connection.query(
            "CREATE ROLE rds_superuser; CREATE FUNCTION pg_catalog.aurora_version() RETURNS text LANGUAGE sql AS 'SELECT ''16.1'''"
        )
        #expect(try connection.managedService() == .aurora)
        try connection.query("ROLLBACK")
    }

    @Test func settingsAndPrivilegesHaveItsOwnNames() {
        #expect(
            ManagedService.rds.advice(setting: "wal_level", value: "logical", restarts: true)
                == "Set rds.logical_replication to 1 in the instance's DB parameter group and reboot the instance.")
        #expect(
            ManagedService.cloudSQL.advice(setting: "max_slot_wal_keep_size", value: "-1", restarts: false)
                == "Set the database flag max_slot_wal_keep_size to -1.")
        #expect(
            ManagedService.neon.advice(setting: "wal_level", value: "logical", restarts: true)
                .hasPrefix("Enable logical replication in the project's settings"))
    }
}
