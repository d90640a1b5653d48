import Foundation
import Libpq
import LocalCluster
import Postgres
import Testing
import Waiting

@testable import Commands

@Suite(.blocking) struct WalCommandTests {
    @Test(arguments: [
        (0.0, "0 s"), (59.4, "59 s"), (60, "1 min"), (750, "12 min 30 s"), (3600, "1 h"), (11_100, "3 h 5 min"),
        (187_200, "2 d 4 h"), (.infinity, "over 300 years"), (-1, "0 s"),
    ])
    func durations(_ seconds: Double, _ text: String) { #expect(durationText(seconds) == text) }

    @Test func eachSlotIsShownWithItsGrowth() throws {
        let fixture = try CommandFixture("CREATE TABLE t (n int)")
        let name = "\(fixture.database.name)_slot"
        _ = try fixture.run("slot", "create", name)
        let output = try fixture.run("wal")
        let table = try #require(output.tables.first)
        #expect(
            table.columns.map(\.name) == [
                "slot", "active (pid)", "wal_status", "retained WAL", "growth", "safe WAL size", "limit in", "monitor",
            ])
        let row = try #require(table.rows.first { $0[0] == name })
        #expect(row[1] == "f" && row[4]?.hasSuffix("/s") == true && row[7] == "normal")
        let json = try output.json()
        #expect((json["measured"] as? [String: Any])?["by"] as? String == "now")
        let slots = try #require(json["slots"] as? [[String: Any]])
        #expect(slots.contains { $0["name"] as? String == name && $0["level"] as? String == "normal" })
        #expect(json["pg_wal_files"] as? Int ?? 0 > 0)
        #expect(json["max_slot_wal_keep_size"] is NSNull)
        let monitor = try #require(json["monitor"] as? [String: Any])
        #expect(monitor["on_critical"] as? String == "warn" && monitor["max_wal_bytes_warning"] as? Int == 1 << 30)
        _ = try fixture.run("slot", "drop", name, "--yes")
    }

    @Test func aSlotOverItsThresholdIsWarnedOf() throws {
        let fixture = try CommandFixture("CREATE TABLE t (n int)", walMonitor: (warning: 16, critical: 1 << 40))
        let name = "\(fixture.database.name)_slot"
        _ = try fixture.run("slot", "create", name)
        try fixture.connection.query("INSERT INTO t SELECT generate_series(1, 1000)")
        let output = try fixture.run("wal")
        let row = try #require(output.tables[0].rows.first { $0[0] == name })
        #expect(row[7] == "warning")
        #expect(
            output.warnings.contains {
                $0.hasPrefix("slot \"\(name)\" retains ") && $0.contains("max_wal_bytes_warning (16 bytes)")
            })
        _ = try fixture.run("slot", "drop", name, "--yes")
    }

    /// Without pg_monitor and superuser: what is hidden is said.
    @Test func theLeastPrivilegedRoleSeesWhatItMay() throws {
        let fixture = try CommandFixture()
        let name = "\(fixture.database.name)_slot"
        try fixture.connection.query("CREATE ROLE \(name)_role LOGIN REPLICATION")
        _ = try fixture.run("slot", "create", name)
        fixture.context.source.replace(
            with: try fixture.database.cluster.connect(
                database: fixture.database.name, user: "\(name)_role"))
        let output = try fixture.run("wal")
        #expect(output.tables[0].rows.contains { $0[0] == name && $0[3] != nil && $0[4] != nil })
        let json = try output.json()
        #expect(json["pg_wal_files"] is NSNull && json["disk_free_bytes"] is NSNull)
        _ = try fixture.run("slot", "drop", name, "--yes")
        fixture.context.source.close()
        try fixture.connection.query("DROP ROLE \(name)_role")
    }
}
