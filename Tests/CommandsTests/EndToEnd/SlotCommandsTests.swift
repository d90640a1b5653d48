import Commands
import Foundation
import Job
import Libpq
import LocalCluster
import Postgres
import Subscriber
import Testing
import Waiting

@Suite(.blocking) struct SlotCommandsTests {
    @Test func aSlotIsMadeListedAndDropped() throws {
        let fixture = try CommandFixture()
        let name = "\(fixture.database.name)_slot"
        #expect(try fixture.run("slot", "create", name).text.hasPrefix("slot \"\(name)\" created at "))
        #expect(try fixture.run("slot", "create", name).text == "slot \"\(name)\" exists already")
        let output = try fixture.run("slots", name)
        let table = try #require(output.tables.first)
        #expect(
            table.columns.map(\.name) == [
                "name", "plugin", "type", "database", "active (pid)", "wal_status", "retained WAL", "safe WAL size",
                "lag", "restart_lsn", "confirmed_flush_lsn",
            ])
        #expect(table.rows.count == 1)
        #expect(table.rows[0][0...4] == [name, "pgoutput", "logical", fixture.database.name, "f"])
        #expect(output.warnings.first?.hasPrefix("slot \"\(name)\" is inactive and retains ") == true)
        let slots = try #require(try output.json()["slots"] as? [[String: Any]])
        #expect(slots[0]["name"] as? String == name && slots[0]["active"] as? Bool == false)
        #expect(slots[0]["active_pid"] is NSNull && slots[0].count == 17)
        #expect(try fixture.run("slots", "\(fixture.database.name)_sl*").tables[0].rows.count == 1)
        #expect(try fixture.run("slots", "no_such").tables[0].rows.isEmpty)
        #expect(try fixture.run("slot", "drop", name, "--yes").text == "slot \"\(name)\" dropped")
        #expect(fixture.failure("slot", "drop", name, "--yes")?.sqlState == .undefinedObject)
    }

    @Test func aSlotWithoutAJobIsMarked() throws {
        let shadow = try SharedCluster.database(.shadow)
        let fixture = try CommandFixture(shadow: shadow)
        let name = "\(fixture.database.name)_slot"
        _ = try fixture.run("slot", "create", name)
        let table = try #require(try fixture.run("slots", name).tables.first)
        #expect(table.columns.last?.name == "job" && table.rows[0].last == "none")
        #expect(try fixture.run("slots", name).warnings.first?.contains("no job of this shadow") == true)
        let store = JobStore(Shadow(try shadow.connect()), slot: name)
        try store.bringUpToDate()
        try store.insert(
            publication: "pub", mode: .hybrid, systemIdentifier: "1", timeline: 1, database: fixture.database.name)
        let used = try fixture.run("slots", name)
        #expect(used.tables[0].rows[0].last == "yes")
        // Nobody is advised to drop a slot that a job goes on from.
        guard case .warning(let text, let hint)? = used.blocks.last else {
            Issue.record("no warning")
            return
        }
        #expect(text.hasSuffix(" of WAL for its job"))
        #expect(hint?.hasPrefix("\\backfill start goes on from there") == true)
        _ = try fixture.run("slot", "drop", name, "--yes")
    }

    @Test func droppingIsConfirmed() throws {
        let script = try CommandFixture()
        let name = "\(script.database.name)_slot"
        _ = try script.run("slot", "create", name)
        #expect(script.failure("slot", "drop", name)?.hint?.contains("--yes") == true)
        _ = try script.run("slot", "drop", name, "--yes")
    }

    @Test func aPersonIsAskedForTheName() throws {
        let unsure = try CommandFixture(answer: "no")
        let name = "\(unsure.database.name)_slot"
        _ = try unsure.run("slot", "create", name)
        #expect(unsure.failure("slot", "drop", name)?.message == "not confirmed, nothing was changed")
        #expect(unsure.questions.first?.contains("its consumer has confirmed") == true)
        #expect(try unsure.run("slots", name).tables[0].rows.count == 1)
        _ = try unsure.run("slot", "drop", name, "--yes")
    }

    @Test func creatingEndsWithItsBlockersNamed() throws {
        let fixture = try CommandFixture()
        let name = "\(fixture.database.name)_slot"
        try fixture.connection.query("BEGIN; CREATE TABLE t (a int)")
        // A snapshot that another slot of the shared server has just written down spares the wait (snapbuild.c,
        // SnapBuildRestore).
        var failure = fixture.failure("slot", "create", name, "--timeout", "0.5")
        for _ in 0..<20 where failure == nil {
            _ = try fixture.run("slot", "drop", name, "--yes")
            failure = fixture.failure("slot", "create", name, "--timeout", "0.5")
        }
        let error = try #require(failure)
        #expect(error.sqlState == .queryCanceled)
        #expect(error.message == "slot \"\(name)\" could not be created within 0.5 s, and there is none now")
        let pid = fixture.connection.serverProcessID
        #expect(error.detail?.contains("pid \(pid) (scry-backfill) in database") == true)
        #expect(error.hint?.contains("SELECT pg_terminate_backend(\(pid));") == true)
        #expect(try fixture.run("slots", name).tables[0].rows.isEmpty)
        try fixture.connection.query("ROLLBACK")
        #expect(try fixture.run("slot", "create", name, "--timeout", "0").text.contains("created at"))
        #expect(fixture.failure("slot", "create", name, "--timeout", "x")?.sqlState == .invalidParameterValue)
        _ = try fixture.run("slot", "drop", name, "--yes")
    }

    @Test func anActiveSlotTellsItsHolder() throws {
        let fixture = try CommandFixture()
        let name = "\(fixture.database.name)_slot"
        try fixture.connection.query("SELECT pg_create_logical_replication_slot($1, 'pgoutput', true)", [name])
        let row = try #require(try fixture.run("slots", name).tables.first?.rows.first)
        #expect(row[4] == "t (\(fixture.connection.serverProcessID))")
        let error = try #require(fixture.failure("slot", "drop", name, "--yes"))
        #expect(error.message == "slot \"\(name)\" is in use")
        #expect(error.detail?.contains("pid \(fixture.connection.serverProcessID)") == true)
        #expect(try fixture.run("slots", name, "--verbose").tables[0].columns.count == 15)
    }
}
